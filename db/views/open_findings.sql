-- Findings that are open and not set aside (neither waived nor inhibited), one a row.
SELECT
    sites.key AS site, findings.id AS finding_id, findings.rule, findings.severity, findings.scope, findings.period,
    findings.unit_names, findings.sentence, findings.url, findings.opened_on, findings.last_on AS last_said_on,
    columns.key AS column_key, columns.field, columns.level1, columns.level2, mailboxes.key AS mailbox,
    postings.title AS posting, letters.subject AS letter
FROM findings
JOIN sites ON sites.id = findings.site_id
LEFT JOIN columns ON columns.id = findings.column_id
LEFT JOIN mailboxes ON mailboxes.id = findings.mailbox_id
LEFT JOIN postings ON postings.id = findings.posting_id
LEFT JOIN letters ON letters.id = findings.letter_id
WHERE findings.stage = '未解决' AND findings.waived IS NULL AND findings.inhibited IS NULL
