-- Of each night of a site (crawls of the whole site, not audits): how many columns were asked, how many of them gave
-- anything (read, wholly or in part), how many the whole of what was asked for (well_read), how many their list to its
-- very end (to_the_end), and the crawls that came to their end. A column asked twice counts with its last reading.
SELECT
    sites.key AS site, latest.as_of, COUNT(*) AS columns_asked,
    COUNT(*) FILTER (WHERE latest.standing IN ('read', 'unchanged', 'empty', 'partial')) AS columns_read,
    COUNT(*) FILTER (WHERE latest.standing IN ('read', 'unchanged', 'empty')) AS columns_well_read,
    COUNT(*) FILTER (WHERE latest.covered_whole) AS columns_to_the_end,
    COUNT(DISTINCT latest.crawl_id) FILTER (WHERE latest.finished_at IS NOT NULL) AS crawls_finished
FROM (
    SELECT
        readings.crawl_id, readings.as_of, readings.standing, readings.covered_whole, crawls.site_id, crawls.finished_at,
        ROW_NUMBER() OVER (PARTITION BY readings.column_id, readings.as_of ORDER BY readings.id DESC) AS place
    FROM readings
    JOIN crawls ON crawls.id = readings.crawl_id
    WHERE readings.column_id IS NOT NULL AND crawls.unit_id IS NULL
) AS latest
JOIN sites ON sites.id = latest.site_id
WHERE latest.place = 1
GROUP BY sites.key, latest.as_of
