-- Times are microseconds since 1970. since: when the receiver was first seen.
create table notification_receiver (
    name text not null primary key,
    since integer not null
) without rowid;

-- What a receiver was sent of an episode. subject: the incident's id, or the id of the transition to
-- degraded. stage: open, held, closed. delivery: the latest message. body: the entry, JSON.
create table notification_told (
    receiver text not null,
    subject text not null,
    kind text not null,
    stage text not null,
    at integer not null,
    delivery text,
    body text not null,
    primary key (receiver, subject)
) without rowid;
create index notification_told_at on notification_told (at);
create index notification_told_open on notification_told (subject) where stage <> 'closed';
create index notification_told_delivery on notification_told (delivery);

-- incidents: ids, JSON. body: the message, JSON; null once nothing more is sent.
create table notification_delivery (
    id text not null primary key,
    receiver text not null,
    event text not null,
    state text not null,
    attempts integer not null,
    at integer not null,
    next_at integer,
    claimed_until integer not null,
    last_error text,
    incidents text not null,
    body text
) without rowid;
create index notification_waiting on notification_delivery (receiver, id) where state = 'waiting';

create index incident_ended on incident (to_at) where to_at is not null;
create index transition_degraded on transition (at)
    where to_state = 'degraded' or from_state = 'degraded';
