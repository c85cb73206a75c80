package access

// RememberAtMost bounds what is kept for lists.
func (s *State) RememberAtMost(rows, holdings int) { s.mostRows, s.mostHoldings = rows, holdings }
