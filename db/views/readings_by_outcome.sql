-- How many columns and mailboxes were read with which outcome on each day; cause says why one fell short. An unchanged
-- list stands for what it repeats: standing.
SELECT
    sites.key AS site, readings.as_of, CASE WHEN readings.column_id IS NULL THEN 'mailbox' ELSE 'column' END AS what,
    readings.outcome, readings.standing, readings.cause, COUNT(*) AS readings, SUM(readings.pages) AS pages
FROM readings
JOIN crawls ON crawls.id = readings.crawl_id
JOIN sites ON sites.id = crawls.site_id
GROUP BY
    sites.key, readings.as_of, CASE WHEN readings.column_id IS NULL THEN 'mailbox' ELSE 'column' END, readings.outcome,
    readings.standing, readings.cause
