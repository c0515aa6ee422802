-- Duties in force, one a row, in the site file's order (position). ownership: own (one unit's alone: unit, unit_kind),
-- joint (several units' together: their names are in responsible), or unassigned (of a shared list, nobody's we know).
SELECT
    sites.key AS site, duties.id AS duty_id, duties.position, columns.key AS column_key, columns.field, columns.level1,
    columns.level2, columns.url, columns.elsewhere, columns.outside, columns.shared, columns.cycle, columns.kind,
    duties.label AS responsible,
    CASE WHEN owners.number > 1 THEN 'joint' WHEN owners.number = 1 THEN 'own' ELSE 'unassigned' END AS ownership,
    units.key AS unit, units.kind AS unit_kind
FROM duties
JOIN columns ON columns.id = duties.column_id
JOIN sites ON sites.id = columns.site_id
LEFT JOIN (
    SELECT duty_id, COUNT(*) AS number, MIN(unit_id) AS unit_id FROM duty_units GROUP BY duty_id
) AS owners ON owners.duty_id = duties.id
LEFT JOIN units ON units.id = owners.unit_id AND owners.number = 1
WHERE columns.active AND duties.active
