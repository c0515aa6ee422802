-- The open findings of each unit: one of several units stands with each of them, one of none is left out.
SELECT units.key AS unit, units.name AS unit_name, units.kind AS unit_kind, open_findings.*
FROM open_findings
JOIN finding_units ON finding_units.finding_id = open_findings.finding_id
JOIN units ON units.id = finding_units.unit_id
