package account

import (
	"context"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AuditEvents returns a page of the account's trail, newest first: without VIEW_AUDIT only what the viewer, in person, did or
// had done to them.
func (s *Service) AuditEvents(ctx context.Context, viewer *access.Viewer, filter db.AuditEventFilter, page db.Page) (db.List[db.AuditEvent], error) {
	if err := checkAuditFilter(viewer, filter); err != nil {
		return db.List[db.AuditEvent]{}, err
	}
	return s.store.AuditEvents(ctx, auditScope(viewer), filter, page)
}

// CountAuditEvents counts what AuditEvents lists; nil when it is not exact and there are too many.
func (s *Service) CountAuditEvents(ctx context.Context, viewer *access.Viewer, filter db.AuditEventFilter, exact bool) (*int, error) {
	if err := checkAuditFilter(viewer, filter); err != nil {
		return nil, err
	}
	return s.store.CountAuditEvents(ctx, auditScope(viewer), filter, exact)
}

// AuditEventsOfUser returns a page of what a user did or had done to them. Of anybody but the viewer it needs VIEW_AUDIT.
func (s *Service) AuditEventsOfUser(ctx context.Context, viewer *access.Viewer, userID typeid.ID, page db.Page) (db.List[db.AuditEvent], error) {
	if err := requireTrailOf(viewer, userID); err != nil {
		return db.List[db.AuditEvent]{}, err
	}
	return s.AuditEvents(ctx, viewer, db.AuditEventFilter{SubjectID: &userID}, page)
}

// CountAuditEventsOfUser counts what AuditEventsOfUser lists; nil when it is not exact and there are too many.
func (s *Service) CountAuditEventsOfUser(ctx context.Context, viewer *access.Viewer, userID typeid.ID, exact bool) (*int, error) {
	if err := requireTrailOf(viewer, userID); err != nil {
		return nil, err
	}
	return s.CountAuditEvents(ctx, viewer, db.AuditEventFilter{SubjectID: &userID}, exact)
}

// AuditEventsByID returns those of the events that the viewer may see.
func (s *Service) AuditEventsByID(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]*db.AuditEvent, error) {
	if requireTrailOf(viewer, viewer.User.ID) != nil {
		return nil, nil
	}
	return s.store.AuditEventsByID(ctx, auditScope(viewer), ids)
}

func auditScope(viewer *access.Viewer) db.AuditScope {
	scope := db.AuditScope{AccountID: viewer.Account.ID}
	if !viewer.May(access.ViewAudit) {
		scope.UserID = viewer.User.ID
	}
	return scope
}

func requireTrailOf(viewer *access.Viewer, userID typeid.ID) error {
	if viewer.Is(userID) {
		return viewer.RequireEnrolled()
	}
	return viewer.Require(access.ViewAudit)
}

// checkAuditFilter refuses actions that no event can have: a filter with a typing error would answer that nothing
// happened.
func checkAuditFilter(viewer *access.Viewer, filter db.AuditEventFilter) error {
	if err := requireTrailOf(viewer, viewer.User.ID); err != nil {
		return err
	}
	known := audit.Actions()
	for i, action := range filter.Actions {
		if !slices.Contains(known, audit.Action(action)) {
			return problem.New(problem.Invalid, "action.unknown", at("filter.actions", i))
		}
	}
	return nil
}
