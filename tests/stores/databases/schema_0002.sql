-- A database as schema 2 left it, with rows in each table. Never edited: it is what an upgrade finds.
PRAGMA page_size=4096;
BEGIN TRANSACTION;
DROP TABLE IF EXISTS alarms;
CREATE TABLE alarms (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (kind, subject)
);
INSERT INTO alarms VALUES('provider_failing','sms/twilio',1767697380000000,0);
DROP TABLE IF EXISTS alerts;
CREATE TABLE alerts (
    source TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status TEXT NOT NULL,
    page_id TEXT,
    ticket_id TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (source, fingerprint)
);
INSERT INTO alerts VALUES('alertmanager','open','firing','p-5tAddj',NULL,'{"source":"alertmanager","fingerprint":"open","status":"firing","episode":1,"first_seen_at":"2026-01-06T11:00:00Z","last_seen_at":"2026-01-06T11:00:00Z","labels":{"alertname":"PaymentsErrors","service":"payments-api","team":"payments","severity":"critical","cluster":"a","namespace":"prod","instance":"api-1"},"annotations":{"summary":"Checkout fails for 7 % of customers","runbook_url":"runbooks/payments-5xx.md"},"starts_at":null,"resolved_at":null,"generator_url":"","lease_until":null,"team":"payments","rule":null,"severity":"sev2","rank":2,"verdict":"page","reasons":["owner 1: label team=\"payments\" is of team payments","no rule of team payments matches: as the severity says","severity sev2: by label severity=\"critical\"","verdict page: by severity sev2","actionable: runbook payments-5xx has the first 15 minutes","urgent: severity sev2 says page","owned: by team payments","clear: a summary and runbook payments-5xx"],"page_id":"p-5tAddj","ticket_id":null,"muted_by":null,"held_until":null,"hold_reason":null}');
INSERT INTO alerts VALUES('alertmanager','done','resolved','p-kbTE7S',NULL,'{"source":"alertmanager","fingerprint":"done","status":"resolved","episode":1,"first_seen_at":"2026-01-06T11:00:00Z","last_seen_at":"2026-01-06T11:00:00Z","labels":{"alertname":"PaymentsErrors","service":"payments-api","team":"payments","severity":"critical","cluster":"b","namespace":"prod","instance":"api-1"},"annotations":{"summary":"Checkout fails for 7 % of customers","runbook_url":"runbooks/payments-5xx.md"},"starts_at":null,"resolved_at":"2026-01-06T11:00:00Z","generator_url":"","lease_until":null,"team":"payments","rule":null,"severity":"sev2","rank":2,"verdict":"page","reasons":["owner 1: label team=\"payments\" is of team payments","no rule of team payments matches: as the severity says","severity sev2: by label severity=\"critical\"","verdict page: by severity sev2","actionable: runbook payments-5xx has the first 15 minutes","urgent: severity sev2 says page","owned: by team payments","clear: a summary and runbook payments-5xx"],"page_id":"p-kbTE7S","ticket_id":null,"muted_by":null,"held_until":null,"hold_reason":null}');
INSERT INTO alerts VALUES('alertmanager','ticket','firing',NULL,'t-FM5CmC','{"source":"alertmanager","fingerprint":"ticket","status":"firing","episode":1,"first_seen_at":"2026-01-06T11:00:00Z","last_seen_at":"2026-01-06T11:00:00Z","labels":{"alertname":"DiskFillsSlowly","service":"payments-api","team":"payments","severity":"info","cluster":"c","namespace":"prod","instance":"api-1"},"annotations":{"summary":"Checkout fails for 7 % of customers","runbook_url":"runbooks/payments-5xx.md"},"starts_at":null,"resolved_at":null,"generator_url":"","lease_until":null,"team":"payments","rule":null,"severity":"sev4","rank":4,"verdict":"ticket","reasons":["owner 1: label team=\"payments\" is of team payments","no rule of team payments matches: as the severity says","severity sev4: by label severity=\"info\"","verdict ticket: by severity sev4"],"page_id":null,"ticket_id":"t-FM5CmC","muted_by":null,"held_until":null,"hold_reason":null}');
CREATE INDEX alerts_of_page ON alerts (page_id) WHERE page_id IS NOT NULL;
CREATE INDEX alerts_of_ticket ON alerts (ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX alerts_open ON alerts (source, fingerprint) WHERE status <> 'resolved';
DROP TABLE IF EXISTS history;
CREATE TABLE history (
    object_id TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    plan TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    entries TEXT NOT NULL,
    PRIMARY KEY (object_id, version)
);
INSERT INTO history VALUES('p-5tAddj',1,1767697200000000,'test-1','PageOpened','{"id":"p-5tAddj","subject":{"title":"PaymentsErrors","summary":"Checkout fails for 7 % of customers","service":"payments-api","place":"a/prod","team":"payments","rule":null,"runbook":"payments-5xx","runbook_url":null,"action":null,"links":{},"violations":[]},"group_key":"payments/{alertname=\"PaymentsErrors\",cluster=\"a\",namespace=\"prod\",service=\"payments-api\"}","severity":"sev2","rank":2,"urgency":"high","business_hours":false,"opened_at":"2026-01-06T11:00:00Z","since":"2026-01-06T11:00:00Z","steps":[{"targets":["primary"],"answer_within":"PT300S"},{"targets":["secondary"],"answer_within":"PT300S"},{"targets":["team_lead"],"answer_within":"PT600S"},{"targets":["platform_lead"],"answer_within":"PT600S"}],"repeat":2,"position":{"stage":"step","index":0,"round":0,"paged":[],"asked":[],"person":null,"by":null,"due":null},"status":"triggered","alerts":1,"firing":1,"muted":0,"stale":0,"reached":[],"helpers":[],"acknowledgement":null,"last_acknowledged_by":null,"settle_until":null,"frozen_why":null,"closes_at":null,"opens_at":null,"told_at":null,"follows":null,"raised_by":null,"resolved_at":null,"resolved_by":null,"version":0}','[{"at":"2026-01-06T11:00:00Z","kind":"page.opened","details":{"alert":"PaymentsErrors","team":"payments","rule":"","severity":"sev2","reasons":"owner 1: label team=\"payments\" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity=\"critical\"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx"}},{"at":"2026-01-06T11:00:00Z","kind":"step.paged","details":{"step":"step 1 (primary)","round":"1","people":"ana","via":"primary, schedule payments-primary","answer_until":"2026-01-06T11:05:00+00:00"}}]');
INSERT INTO history VALUES('p-kbTE7S',1,1767697200000000,'test-1','PageOpened','{"id":"p-kbTE7S","subject":{"title":"PaymentsErrors","summary":"Checkout fails for 7 % of customers","service":"payments-api","place":"b/prod","team":"payments","rule":null,"runbook":"payments-5xx","runbook_url":null,"action":null,"links":{},"violations":[]},"group_key":"payments/{alertname=\"PaymentsErrors\",cluster=\"b\",namespace=\"prod\",service=\"payments-api\"}","severity":"sev2","rank":2,"urgency":"high","business_hours":false,"opened_at":"2026-01-06T11:00:00Z","since":"2026-01-06T11:00:00Z","steps":[{"targets":["primary"],"answer_within":"PT300S"},{"targets":["secondary"],"answer_within":"PT300S"},{"targets":["team_lead"],"answer_within":"PT600S"},{"targets":["platform_lead"],"answer_within":"PT600S"}],"repeat":2,"position":{"stage":"step","index":0,"round":0,"paged":[],"asked":[],"person":null,"by":null,"due":null},"status":"triggered","alerts":1,"firing":1,"muted":0,"stale":0,"reached":[],"helpers":[],"acknowledgement":null,"last_acknowledged_by":null,"settle_until":null,"frozen_why":null,"closes_at":null,"opens_at":null,"told_at":null,"follows":null,"raised_by":null,"resolved_at":null,"resolved_by":null,"version":0}','[{"at":"2026-01-06T11:00:00Z","kind":"page.opened","details":{"alert":"PaymentsErrors","team":"payments","rule":"","severity":"sev2","reasons":"owner 1: label team=\"payments\" is of team payments; no rule of team payments matches: as the severity says; severity sev2: by label severity=\"critical\"; verdict page: by severity sev2; actionable: runbook payments-5xx has the first 15 minutes; urgent: severity sev2 says page; owned: by team payments; clear: a summary and runbook payments-5xx"}},{"at":"2026-01-06T11:00:00Z","kind":"step.paged","details":{"step":"step 1 (primary)","round":"1","people":"ana","via":"primary, schedule payments-primary","answer_until":"2026-01-06T11:05:00+00:00"}}]');
INSERT INTO history VALUES('t-FM5CmC',1,1767697200000000,'test-1','TicketOpened','{}','[{"at":"2026-01-06T11:00:00Z","kind":"ticket.opened","details":{"alert":"DiskFillsSlowly","team":"payments","severity":"sev4","reasons":"owner 1: label team=\"payments\" is of team payments; no rule of team payments matches: as the severity says; severity sev4: by label severity=\"info\"; verdict ticket: by severity sev4"}}]');
INSERT INTO history VALUES('p-kbTE7S',2,1767697200000000,'test-1','Acknowledged','{"by":"ana","via":"cli"}','[{"at":"2026-01-06T11:00:00Z","kind":"page.acknowledged","details":{"by":"ana","via":"cli","until":"2026-01-06T11:30:00+00:00"}}]');
INSERT INTO history VALUES('p-kbTE7S',3,1767697200000000,'test-1','AlertEnded','{"alert":"PaymentsErrors","muted":false,"stale":false}','[{"at":"2026-01-06T11:00:00Z","kind":"alert.resolved","details":{"alert":"PaymentsErrors","left":"0"}},{"at":"2026-01-06T11:00:00Z","kind":"page.settling","details":{"until":"2026-01-06T11:00:30+00:00"}}]');
INSERT INTO history VALUES('p-kbTE7S',4,1767697230000000,'test-1','TimerFired','{}','[{"at":"2026-01-06T11:00:30Z","kind":"page.resolved","details":{"by":"","reason":"all its alerts resolved"}}]');
DROP TABLE IF EXISTS inbound;
CREATE TABLE inbound (
    provider_id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    answer TEXT NOT NULL
);
INSERT INTO inbound VALUES('SM1',1767697380000000,'Acked');
DROP TABLE IF EXISTS links;
CREATE TABLE links (
    token_hash TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    page_id TEXT NOT NULL,
    medium TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO links VALUES('0000000000000000000000000000000000000000000000000000000000000000','ana','p-kbTE7S','sms',1767783780000000);
CREATE INDEX links_expire ON links (expires_at);
DROP TABLE IF EXISTS night_pages;
CREATE TABLE night_pages (
    person TEXT NOT NULL,
    page_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (person, page_id)
);
INSERT INTO night_pages VALUES('ana','p-kbTE7S',1767697380000000,'{"person":"ana","page_id":"p-kbTE7S","first_at":"2026-01-06T11:03:00Z","evidence":[],"zone":"Europe/Berlin","window":"22:00-07:00","plan_revision":"r1","severity":"sev1","team":"payments","acknowledged_at":null,"last_act_at":null}');
CREATE INDEX night_pages_by_time ON night_pages (at);
DROP TABLE IF EXISTS notifications;
CREATE TABLE notifications (
    id TEXT PRIMARY KEY,
    page_id TEXT,
    ticket_id TEXT,
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    address TEXT NOT NULL,
    purpose TEXT NOT NULL,
    urgency TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due BIGINT NOT NULL,
    due_first BIGINT NOT NULL,
    why TEXT NOT NULL,
    actor TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    again BIGINT NOT NULL,
    provider TEXT,
    provider_id TEXT,
    code TEXT,
    digit TEXT,
    text TEXT NOT NULL,
    trail TEXT NOT NULL,
    claim TEXT
);
INSERT INTO notifications VALUES('019b92f6b380ea7b5eb561a421636369','p-5tAddj',NULL,'ana','sms','+4915100000304','page','high',1767697200000000,1767697260000000,1767697200000000,'primary, schedule payments-primary','','accepted',1,0,'lab-sms','sms1','96',NULL,'','[["2026-01-06T11:00:00+00:00","accepted",""]]',NULL);
INSERT INTO notifications VALUES('019b92f6b3809b0810c67fd994b2b8fd','p-5tAddj',NULL,'ana','voice','+4915100000304','page','high',1767697200000000,1767697380000000,1767697320000000,'primary, schedule payments-primary','','accepted',1,0,'lab-voice','voice1','96','1','','[["2026-01-06T11:02:00+00:00","accepted",""]]',NULL);
INSERT INTO notifications VALUES('019b92f6b380fee2311624273bfd1d33','p-kbTE7S',NULL,'ana','sms','+4915100000304','page','high',1767697200000000,1767697260000000,1767697200000000,'primary, schedule payments-primary','','accepted',1,0,'lab-sms','sms2','07',NULL,'','[["2026-01-06T11:00:00+00:00","accepted",""]]',NULL);
INSERT INTO notifications VALUES('019b92f6b38079f28cb4a0d7d6225675','p-kbTE7S',NULL,'ana','voice','+4915100000304','page','high',1767697200000000,1767697320000000,1767697320000000,'primary, schedule payments-primary','','cancelled',0,0,NULL,NULL,'07','4','','[]',NULL);
INSERT INTO notifications VALUES('019b92f728b0abe103e0a813bdc2ae99','p-kbTE7S',NULL,'ana','sms','+4915100000304','resolved','low',1767697230000000,1767697290000000,1767697230000000,'','','accepted',1,0,'lab-sms','sms3',NULL,NULL,'','[["2026-01-06T11:00:30+00:00","accepted",""]]',NULL);
INSERT INTO notifications VALUES('019b92f972a018f25d92b243e0fd67dd',NULL,NULL,'dora','email','dora@example.com','alarm','low',1767697380000000,1767697440000000,1767697380000000,'operator','','claimed',0,0,NULL,NULL,NULL,NULL,'sms fails','[]','019b92f972a07eb022cedafb092fdddf');
CREATE INDEX notifications_due ON notifications (due) WHERE status IN ('pending', 'claimed');
CREATE INDEX notifications_of_page ON notifications (page_id, person) WHERE page_id IS NOT NULL;
DROP TABLE IF EXISTS overrides;
CREATE TABLE overrides (
    id TEXT PRIMARY KEY,
    end_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO overrides VALUES('o-2kQm7x',1767715380000000,'{"id":"o-2kQm7x","schedule":"payments-primary","kind":"everybody","start":"2026-01-06T11:03:00Z","end":"2026-01-06T16:03:00Z","people":["ben"],"instead_of":null,"why":"dentist","by":"ana","stored":true,"order":1767697380000}');
DROP TABLE IF EXISTS pages;
CREATE TABLE pages (
    id TEXT PRIMARY KEY,
    group_key TEXT NOT NULL,
    team TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    resolved_at BIGINT,
    body TEXT NOT NULL
);
INSERT INTO pages VALUES('p-5tAddj','payments/{alertname="PaymentsErrors",cluster="a",namespace="prod",service="payments-api"}','payments','triggered',1,1767697200000000,NULL,'{"id":"p-5tAddj","subject":{"title":"PaymentsErrors","summary":"Checkout fails for 7 % of customers","service":"payments-api","place":"a/prod","team":"payments","rule":null,"runbook":"payments-5xx","runbook_url":null,"action":null,"links":{},"violations":[]},"group_key":"payments/{alertname=\"PaymentsErrors\",cluster=\"a\",namespace=\"prod\",service=\"payments-api\"}","severity":"sev2","rank":2,"urgency":"high","business_hours":false,"opened_at":"2026-01-06T11:00:00Z","since":"2026-01-06T11:00:00Z","steps":[{"targets":["primary"],"answer_within":"PT300S"},{"targets":["secondary"],"answer_within":"PT300S"},{"targets":["team_lead"],"answer_within":"PT600S"},{"targets":["platform_lead"],"answer_within":"PT600S"}],"repeat":2,"position":{"stage":"step","index":0,"round":0,"paged":["ana"],"asked":["ana"],"person":null,"by":null,"due":"2026-01-06T11:05:00Z"},"status":"triggered","alerts":1,"firing":1,"muted":0,"stale":0,"reached":["ana"],"helpers":[],"acknowledgement":null,"last_acknowledged_by":null,"settle_until":null,"frozen_why":null,"closes_at":null,"opens_at":null,"told_at":null,"follows":null,"raised_by":null,"resolved_at":null,"resolved_by":null,"version":1}');
INSERT INTO pages VALUES('p-kbTE7S','payments/{alertname="PaymentsErrors",cluster="b",namespace="prod",service="payments-api"}','payments','resolved',4,1767697200000000,1767697230000000,'{"id":"p-kbTE7S","subject":{"title":"PaymentsErrors","summary":"Checkout fails for 7 % of customers","service":"payments-api","place":"b/prod","team":"payments","rule":null,"runbook":"payments-5xx","runbook_url":null,"action":null,"links":{},"violations":[]},"group_key":"payments/{alertname=\"PaymentsErrors\",cluster=\"b\",namespace=\"prod\",service=\"payments-api\"}","severity":"sev2","rank":2,"urgency":"high","business_hours":false,"opened_at":"2026-01-06T11:00:00Z","since":"2026-01-06T11:00:00Z","steps":[{"targets":["primary"],"answer_within":"PT300S"},{"targets":["secondary"],"answer_within":"PT300S"},{"targets":["team_lead"],"answer_within":"PT600S"},{"targets":["platform_lead"],"answer_within":"PT600S"}],"repeat":2,"position":{"stage":"step","index":0,"round":0,"paged":["ana"],"asked":["ana"],"person":null,"by":null,"due":null},"status":"resolved","alerts":1,"firing":0,"muted":0,"stale":0,"reached":["ana"],"helpers":[],"acknowledgement":null,"last_acknowledged_by":"ana","settle_until":null,"frozen_why":null,"closes_at":null,"opens_at":null,"told_at":null,"follows":null,"raised_by":null,"resolved_at":"2026-01-06T11:00:30Z","resolved_by":null,"version":4}');
CREATE INDEX pages_by_time ON pages (opened_at);
CREATE INDEX pages_of_group ON pages (group_key, resolved_at);
CREATE UNIQUE INDEX pages_open ON pages (group_key) WHERE status <> 'resolved';
DROP TABLE IF EXISTS plans;
CREATE TABLE plans (
    revision TEXT PRIMARY KEY,
    loaded_at BIGINT NOT NULL,
    files TEXT NOT NULL
);
INSERT INTO plans VALUES('r1',1767697380000000,'{"pagerd.yaml":"version: 1\n"}');
DROP TABLE IF EXISTS quarantine;
CREATE TABLE quarantine (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL
);
INSERT INTO quarantine VALUES('q1','prod',1,'no labels','{}');
CREATE INDEX quarantine_by_time ON quarantine (at);
DROP TABLE IF EXISTS reply_codes;
CREATE TABLE reply_codes (
    person TEXT NOT NULL,
    code TEXT NOT NULL,
    pages TEXT NOT NULL,
    free_at BIGINT,
    is_short BIGINT NOT NULL,
    PRIMARY KEY (person, code)
);
INSERT INTO reply_codes VALUES('ana','96','["p-5tAddj"]',NULL,1);
INSERT INTO reply_codes VALUES('ana','07','["p-kbTE7S"]',1767783630000000,1);
CREATE INDEX reply_codes_free ON reply_codes (free_at) WHERE free_at IS NOT NULL;
CREATE INDEX reply_codes_of_pages ON reply_codes (pages, person);
CREATE INDEX reply_codes_short ON reply_codes (person, is_short, free_at);
DROP TABLE IF EXISTS schema_migrations;
CREATE TABLE schema_migrations (
    number integer PRIMARY KEY,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at bigint NOT NULL
);
INSERT INTO schema_migrations VALUES(1,'start','9639f5bfeb1efb4101ae6541d1763e0d75d48036c0a7845b428cba8db1860afe',0);
INSERT INTO schema_migrations VALUES(2,'short_codes','f7402384d2eec20c9cea2b78d86013a0313bd93f0a66845a9463dff6bc00eb32',0);
DROP TABLE IF EXISTS silences;
CREATE TABLE silences (
    id TEXT PRIMARY KEY,
    end_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO silences VALUES('s-TGzDHf',1767704580000000,'{"id":"s-TGzDHf","matchers":["service=\"reports\""],"start":"2026-01-06T11:03:00Z","end":"2026-01-06T13:03:00Z","by":"ana","why":"deploy"}');
DROP TABLE IF EXISTS sources;
CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    first_seen_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL
);
INSERT INTO sources VALUES('alertmanager',1767697200000000,1767697200000000);
DROP TABLE IF EXISTS tickets;
CREATE TABLE tickets (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    team TEXT NOT NULL,
    status TEXT NOT NULL,
    version BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO tickets VALUES('t-FM5CmC','payments/{alertname="DiskFillsSlowly",cluster="c",namespace="prod",service="payments-api"}','payments','open',1,1767697200000000,'{"id":"t-FM5CmC","team":"payments","group_key":"payments/{alertname=\"DiskFillsSlowly\",cluster=\"c\",namespace=\"prod\",service=\"payments-api\"}","rule":null,"severity":"sev4","title":"DiskFillsSlowly","summary":"Checkout fails for 7 % of customers","service":"payments-api","reasons":["owner 1: label team=\"payments\" is of team payments","no rule of team payments matches: as the severity says","severity sev4: by label severity=\"info\"","verdict ticket: by severity sev4"],"violations":[],"opened_at":"2026-01-06T11:00:00Z","status":"open","firing":1,"page_at":null,"paged_as":null,"closes_at":null,"taken_by":null,"closed_at":null,"closed_by":null,"version":1}');
CREATE INDEX tickets_of_team ON tickets (team, status);
CREATE UNIQUE INDEX tickets_open ON tickets (key) WHERE status <> 'closed';
DROP TABLE IF EXISTS timers;
CREATE TABLE timers (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    due BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, subject)
);
INSERT INTO timers VALUES('tidy','',1767700800000000,0);
INSERT INTO timers VALUES('page','p-5tAddj',1767697500000000,0);
INSERT INTO timers VALUES('muting','',1767704580000000,0);
INSERT INTO timers VALUES('sweep','',1767697380000000,0);
CREATE INDEX timers_due ON timers (due);
DROP TABLE IF EXISTS tokens;
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT
);
INSERT INTO tokens VALUES('k-bdpf7M','379bd74d163c3954abcb8eea5eceeefefa92d88665e5334345c55fe297cf2de1','ana','script','read',1767697380000000,NULL,NULL);
DROP TABLE IF EXISTS unusable_contacts;
CREATE TABLE unusable_contacts (
    person TEXT NOT NULL,
    medium TEXT NOT NULL,
    address TEXT NOT NULL,
    at BIGINT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (person, medium)
);
INSERT INTO unusable_contacts VALUES('cho','email','cho@example.com',1767697380000000,'gone');
DROP TABLE IF EXISTS wrong_codes;
CREATE TABLE wrong_codes (
    person TEXT NOT NULL,
    at BIGINT NOT NULL
);
INSERT INTO wrong_codes VALUES('ana',1767697380000000);
CREATE INDEX wrong_codes_of ON wrong_codes (person, at);
COMMIT TRANSACTION;
