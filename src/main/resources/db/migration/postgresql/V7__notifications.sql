-- Times are microseconds since 1970. since: when the receiver was first seen.
create table notification_receiver (
    name varchar(255) collate "C" not null primary key,
    since bigint not null
);

-- What a receiver was sent of an episode. subject: the incident's id, or the id of the transition to
-- degraded. stage: open, held, closed. delivery: the latest message. body: the entry, JSON.
create table notification_told (
    receiver varchar(255) collate "C" not null,
    subject varchar(36) collate "C" not null,
    kind varchar(16) not null,
    stage varchar(16) not null,
    at bigint not null,
    delivery varchar(36) collate "C",
    body text not null,
    primary key (receiver, subject)
);
create index notification_told_at on notification_told (at);
create index notification_told_open on notification_told (subject) where stage <> 'closed';
create index notification_told_delivery on notification_told (delivery);

-- incidents: ids, JSON. body: the message, JSON; null once nothing more is sent.
create table notification_delivery (
    id varchar(36) collate "C" not null primary key,
    receiver varchar(255) collate "C" not null,
    event varchar(40) not null,
    state varchar(16) not null,
    attempts integer not null,
    at bigint not null,
    next_at bigint,
    claimed_until bigint not null,
    last_error text,
    incidents text not null,
    body text
);
create index notification_waiting on notification_delivery (receiver, id) where state = 'waiting';

create index incident_ended on incident (to_at) where to_at is not null;
create index transition_degraded on transition (at)
    where to_state = 'degraded' or from_state = 'degraded';
