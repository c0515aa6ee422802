"""Score sheets (得分表): the scheme as data, the sheet it makes, and re-adding a sheet someone else made. Pure."""
