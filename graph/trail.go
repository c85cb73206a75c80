package graph

import (
	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
)

// Without VIEW_AUDIT a viewer sees the events by and on themselves, and of others in them no more than elsewhere.

// maySeeTarget asks whether the viewer may see what an event was done to.
func maySeeTarget(viewer *access.Viewer, event *db.AuditEvent) bool {
	return viewer.May(access.ViewAudit) || event.TargetID == "" || mayFind(viewer, event.TargetID) == nil
}

// maySeeChange asks the same of a field of it before and after.
func maySeeChange(viewer *access.Viewer, event *db.AuditEvent, field string) bool {
	if !maySeeTarget(viewer, event) {
		return false
	}
	return field != "whitelists" || viewer.May(access.ViewAudit) || viewer.May(access.ViewWhitelist) || viewer.Is(event.TargetID)
}

// maySeeActor asks whether the viewer may see from where an event was done: by themselves, or by somebody unknown.
func maySeeActor(viewer *access.Viewer, event *db.AuditEvent) bool {
	return viewer.May(access.ViewAudit) || event.ActorID == "" || viewer.Is(event.ActorID)
}
