-- Postings of each duty in force in each period counted; count and exactness are empty where nothing could be read.
SELECT
    duty_list.*, periods.key AS period, periods.kind AS period_kind, periods.first_day, periods.last_day,
    period_counts.count, period_counts.exactness, period_counts.status, period_counts.as_of
FROM period_counts
JOIN periods ON periods.key = period_counts.period
JOIN duty_list ON duty_list.duty_id = period_counts.duty_id
