-- The conditions that the cause of the change missed, in words; null where it missed none.
alter table transition add column detail text;
