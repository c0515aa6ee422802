-- Each mailbox's letters of each quarter counted: received, and of the valid ones closed, unknown (no page says whether
-- they are answered), slow; mean_working_days over the answered ones. exactness: exact where the list was read, after
-- the quarter's last day or on the site's last night, with a witness that it was read back to the quarter's first day;
-- at least where something was read; empty where nothing was.
SELECT
    sites.key AS site, mailboxes.key AS mailbox, mailboxes.name AS mailbox_name, periods.key AS quarter,
    COUNT(letters.letter_id) AS received,
    COUNT(*) FILTER (WHERE letters.valid) AS valid,
    COUNT(*) FILTER (WHERE letters.valid AND letters.closed) AS closed,
    COUNT(*) FILTER (WHERE letters.valid AND NOT letters.known) AS unknown,
    COUNT(*) FILTER (WHERE letters.slow) AS slow,
    AVG(letters.working_days) FILTER (WHERE letters.valid AND letters.answered IS NOT NULL) AS mean_working_days,
    MAX(
        CASE
            WHEN proof.id IS NULL THEN NULL
            WHEN (proof.covered_whole OR proof.covered_since <= periods.first_day) AND proof.undated = 0 AND proof.witness <> ''
                AND (proof.as_of > periods.last_day OR proof.as_of = proof.last_night)
                THEN 'exact'
            ELSE 'at least'
        END
    ) AS exactness
FROM mailboxes
JOIN sites ON sites.id = mailboxes.site_id
JOIN periods ON periods.kind = 'quarter'
LEFT JOIN mailbox_letters AS letters
    ON letters.site = sites.key AND letters.mailbox = mailboxes.key AND letters.quarter = periods.key
LEFT JOIN (
    SELECT
        readings.*, MAX(readings.as_of) OVER (PARTITION BY mailboxes.site_id) AS last_night,
        ROW_NUMBER() OVER (
            PARTITION BY readings.mailbox_id
            ORDER BY CASE WHEN readings.standing IN ('read', 'unchanged', 'empty', 'partial') THEN 0 ELSE 1 END,
                readings.as_of DESC, readings.id DESC
        ) AS place
    FROM readings
    JOIN mailboxes ON mailboxes.id = readings.mailbox_id
) AS proof
    ON proof.mailbox_id = mailboxes.id AND proof.place = 1
    AND proof.standing IN ('read', 'unchanged', 'empty', 'partial')
WHERE mailboxes.active
GROUP BY sites.key, mailboxes.key, mailboxes.name, periods.key
