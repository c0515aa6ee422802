-- Letters, one a row, with the quarter (of those counted) in which they were received and how they stood on the day
-- as_of of the last night: valid (no 无效件 or 重复件), closed (answered, or its status says so), known (a page says
-- whether it is answered). working_days run from receipt to answer, or to the last day it was seen open; empty where
-- that is not known. slow: longer than reply_within, the limit that its page prints (deadline), else that of its kind (empty:
-- it was extended, nobody knows for how long).
SELECT
    sites.key AS site, mailboxes.key AS mailbox, mailboxes.name AS mailbox_name, progress.reply_within,
    letters.id AS letter_id, letters.number, letters.subject, letters.url, letters.unit_name AS unit_name_shown,
    units.key AS unit, units.name AS unit_name, letters.received, periods.key AS quarter, letters.accepted,
    letters.answered, letters.kind, letters.deadline, letters.status, progress.as_of, progress.valid, progress.closed, progress.known,
    progress.working_days,
    progress.valid AND COALESCE(progress.working_days > progress.reply_within, FALSE) AS slow
FROM letters
JOIN mailboxes ON mailboxes.id = letters.mailbox_id
JOIN sites ON sites.id = mailboxes.site_id
LEFT JOIN units ON units.id = letters.unit_id
LEFT JOIN letter_progress AS progress ON progress.letter_id = letters.id
LEFT JOIN periods
    ON periods.kind = 'quarter' AND letters.received BETWEEN periods.first_day AND periods.last_day
WHERE mailboxes.active
