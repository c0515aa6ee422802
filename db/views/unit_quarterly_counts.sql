-- A unit's quarter: what it owes alone (own), what it owes together with others (joint), how many of its columns are
-- kept on another site (elsewhere, in neither). A joint posting stands with each of its units: joint counts of several
-- units must not be added up. own_outside is the part of own that is not 基层政务公开.
SELECT
    counts.site, counts.period, units.key AS unit, units.name AS unit_name, units.kind AS unit_kind,
    units.position AS unit_position, MAX(counts.as_of) AS as_of,
    COUNT(*) FILTER (WHERE here AND ownership = 'own') AS own_columns,
    COALESCE(SUM(counts.count) FILTER (WHERE here AND ownership = 'own'), 0) AS own_count,
    COUNT(*) FILTER (WHERE here AND ownership = 'own' AND NOT is_exact) AS own_not_exact,
    COALESCE(SUM(counts.count) FILTER (WHERE here AND ownership = 'own' AND outside), 0) AS own_outside_count,
    COUNT(*) FILTER (WHERE here AND ownership = 'joint') AS joint_columns,
    COALESCE(SUM(counts.count) FILTER (WHERE here AND ownership = 'joint'), 0) AS joint_count,
    COUNT(*) FILTER (WHERE here AND ownership = 'joint' AND NOT is_exact) AS joint_not_exact,
    COUNT(*) FILTER (WHERE NOT here) AS elsewhere_columns
FROM (
    SELECT
        quarterly_counts.*, elsewhere IS NULL AS here, exactness IS NOT NULL AND exactness = 'exact' AS is_exact
    FROM quarterly_counts
) AS counts
JOIN duty_units ON duty_units.duty_id = counts.duty_id
JOIN units ON units.id = duty_units.unit_id
GROUP BY counts.site, counts.period, units.key, units.name, units.kind, units.position
