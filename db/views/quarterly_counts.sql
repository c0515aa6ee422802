-- Postings of each duty in force in each quarter counted: counts_by_period without months and years.
SELECT * FROM counts_by_period WHERE period_kind = 'quarter'
