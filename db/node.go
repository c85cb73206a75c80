package db

import "github.com/gatehouse/gatehouse/internal/typeid"

// Node is a row with an ID that clients can ask for.
type Node interface{ NodeID() typeid.ID }

// NodeID implements [Node].
func (a *Account) NodeID() typeid.ID { return a.ID }

// NodeID implements [Node].
func (u *User) NodeID() typeid.ID { return u.ID }

// NodeID implements [Node].
func (r *Role) NodeID() typeid.ID { return r.ID }

// NodeID implements [Node].
func (p *AccessPoint) NodeID() typeid.ID { return p.ID }

// NodeID implements [Node].
func (w *Whitelist) NodeID() typeid.ID { return w.ID }

// NodeID implements [Node].
func (s *Session) NodeID() typeid.ID { return s.ID }

// NodeID implements [Node].
func (e *AuditEvent) NodeID() typeid.ID { return e.ID }
