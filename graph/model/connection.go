package model

import (
	"context"

	"github.com/gatehouse/gatehouse/db"
)

// Connection is a page of a list (Relay Cursor Connections).
type Connection[T any] struct {
	db.List[T]
	// Cursor is the place of a row in the list, as clients hold it.
	Cursor func(*T) string
	// Count counts the whole list, when it is asked for.
	Count func(ctx context.Context, exact bool) (*int, error)
}

// Edge is a row and its place in the list.
type Edge[T any] struct {
	Cursor string
	Node   *T
}

// The connections of the schema.
type (
	UserConnection       = Connection[db.User]
	UserEdge             = Edge[db.User]
	RoleConnection       = Connection[db.Role]
	RoleEdge             = Edge[db.Role]
	WhitelistConnection  = Connection[db.Whitelist]
	WhitelistEdge        = Edge[db.Whitelist]
	APIKeyConnection     = Connection[db.APIKey]
	APIKeyEdge           = Edge[db.APIKey]
	MailConnection       = Connection[db.Mail]
	MailEdge             = Edge[db.Mail]
	AuditEventConnection = Connection[db.AuditEvent]
	AuditEventEdge       = Edge[db.AuditEvent]
)

// Nodes returns the rows.
func (c *Connection[T]) Nodes() []*T { return c.Items }

// Edges returns the rows with their places.
func (c *Connection[T]) Edges() []*Edge[T] {
	edges := make([]*Edge[T], len(c.Items))
	for i, row := range c.Items {
		edges[i] = &Edge[T]{Cursor: c.Cursor(row), Node: row}
	}
	return edges
}

// PageInfo says where the page stands in the list.
func (c *Connection[T]) PageInfo() *PageInfo {
	info := &PageInfo{HasNextPage: c.HasNext, HasPreviousPage: c.HasPrevious}
	if n := len(c.Items); n > 0 {
		start, end := c.Cursor(c.Items[0]), c.Cursor(c.Items[n-1])
		info.StartCursor, info.EndCursor = &start, &end
	}
	return info
}

// TotalCount counts the whole list.
func (c *Connection[T]) TotalCount(ctx context.Context, exact bool) (*int, error) {
	return c.Count(ctx, exact)
}
