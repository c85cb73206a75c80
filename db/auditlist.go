package db

import (
	"cmp"
	"context"
	"slices"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AuditScope is the part of the trail that somebody may see.
type AuditScope struct {
	AccountID typeid.ID
	UserID    typeid.ID // only what this user did or had done to them; empty: everything
}

// AuditEventFilter picks events: all given conditions hold, within a list any one. Nil and empty lists ask nothing.
type AuditEventFilter struct {
	ActorID   *typeid.ID
	TargetID  *typeid.ID
	SubjectID *typeid.ID // as actor or as target
	APIKeyID  *typeid.ID // done with this key
	Actions   []string
	Outcomes  []AuditOutcome
	From      *Time // inclusive
	To        *Time // exclusive
}

// The ID orders what one transaction recorded.
var newestFirst = byTime("at", true, func(event *AuditEvent) Time { return event.At })

// Cursor is the place of an event in the trail.
func (e *AuditEvent) Cursor() Cursor { return Cursor{Key: newestFirst.key(e), ID: e.ID} }

// AuditEvents is [Reader.AuditEvents] of one moment: of a page that is read in two parts, the later part could otherwise
// hold events that are newer than one that the earlier part has missed.
func (d *DB) AuditEvents(ctx context.Context, scope AuditScope, filter AuditEventFilter, page Page) (list List[AuditEvent], err error) {
	if len(d.auditEvents(scope, filter)) == 1 {
		return d.Reader.AuditEvents(ctx, scope, filter, page)
	}
	err = d.Snapshot(ctx, func(r Reader) (err error) {
		list, err = r.AuditEvents(ctx, scope, filter, page)
		return err
	})
	return list, err
}

// AuditEvents returns a page of the trail, newest first.
func (r Reader) AuditEvents(ctx context.Context, scope AuditScope, filter AuditEventFilter, page Page) (List[AuditEvent], error) {
	var lists []List[AuditEvent]
	for _, query := range r.auditEvents(scope, filter) {
		list, err := scanPage(ctx, r, query, "event", newestFirst, page)
		if err != nil {
			return list, err
		}
		lists = append(lists, list)
	}
	if len(lists) == 1 {
		return lists[0], nil
	}
	return mergeEvents(lists[0], lists[1], page), nil
}

// mergeEvents makes one page of two that have no event in common.
func mergeEvents(a, b List[AuditEvent], page Page) List[AuditEvent] {
	items := slices.SortedFunc(slices.Values(slices.Concat(a.Items, b.Items)), func(x, y *AuditEvent) int {
		return cmp.Or(cmp.Compare(y.At, x.At), cmp.Compare(y.ID, x.ID))
	})
	merged := List[AuditEvent]{Items: items, HasNext: a.HasNext || b.HasNext, HasPrevious: a.HasPrevious || b.HasPrevious}
	surplus := len(items) - page.Limit
	switch {
	case surplus <= 0:
	case page.Backward:
		merged.Items, merged.HasPrevious = items[surplus:], true
	default:
		merged.Items, merged.HasNext = items[:page.Limit], true
	}
	return merged
}

// CountAuditEvents counts what [Reader.AuditEvents] lists: exactly, or up to [CountLimit], past which it returns nil.
func (r Reader) CountAuditEvents(ctx context.Context, scope AuditScope, filter AuditEventFilter, exact bool) (*int, error) {
	var total int
	for _, query := range r.auditEvents(scope, filter) {
		count, err := countRows(ctx, r, query, exact)
		if count == nil || err != nil {
			return nil, err
		}
		total += *count
	}
	if !exact && total > CountLimit {
		return nil, nil
	}
	return &total, nil
}

// AuditEventsByID finds those of the events that the scope has, in one statement.
func (r Reader) AuditEventsByID(ctx context.Context, scope AuditScope, ids []typeid.ID) (map[typeid.ID]*AuditEvent, error) {
	found, err := scanByID(ctx, r, "event", scope.AccountID, ids, func(event *AuditEvent) typeid.ID { return event.ID })
	for id, event := range found {
		if scope.UserID != "" && event.ActorID != scope.UserID && event.TargetID != scope.UserID {
			delete(found, id)
		}
	}
	return found, err
}

// auditEvents makes the query for what scope and filter let through; two queries with no event in common where events are
// by or on somebody, each of which walks an index in order: for one with OR the database would read the whole trail.
func (r Reader) auditEvents(scope AuditScope, filter AuditEventFilter) []*bun.SelectQuery {
	query := func() *bun.SelectQuery {
		return filter.apply(r.idb.NewSelect().Model((*AuditEvent)(nil)), scope)
	}
	subject := scope.UserID
	if filter.SubjectID != nil {
		subject = *filter.SubjectID
	}
	if subject == "" {
		return []*bun.SelectQuery{query()}
	}
	return []*bun.SelectQuery{
		query().Where("event.actor_id = ?", subject),
		query().Where("event.target_id = ?", subject).Where("event.actor_id IS DISTINCT FROM ?", subject),
	}
}

// apply asks everything but that events be by or on one subject; where the filter names another subject than the scope, the
// scope's is asked here.
func (f AuditEventFilter) apply(query *bun.SelectQuery, scope AuditScope) *bun.SelectQuery {
	query = query.Where("event.account_id = ?", scope.AccountID)
	if f.SubjectID != nil && scope.UserID != "" && *f.SubjectID != scope.UserID {
		query = query.Where("(event.actor_id = ? OR event.target_id = ?)", scope.UserID, scope.UserID)
	}
	if f.ActorID != nil {
		query = query.Where("event.actor_id = ?", *f.ActorID)
	}
	if f.TargetID != nil {
		query = query.Where("event.target_id = ?", *f.TargetID)
	}
	if f.APIKeyID != nil {
		query = query.Where("event.api_key_id = ?", *f.APIKeyID)
	}
	if len(f.Actions) > 0 {
		query = query.Where("event.action IN (?)", bun.List(f.Actions))
	}
	if len(f.Outcomes) > 0 {
		query = query.Where("event.outcome IN (?)", bun.List(f.Outcomes))
	}
	if f.From != nil {
		query = query.Where("event.at >= ?", *f.From)
	}
	if f.To != nil {
		query = query.Where("event.at < ?", *f.To)
	}
	return query
}
