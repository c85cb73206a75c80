package account

import (
	"context"
	"errors"
	"net/netip"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// AccessRequest is somebody who would come in.
type AccessRequest struct {
	Subject AccessSubject
	// Assurance is nil for what the user would show: the second factor where there is one.
	Assurance   *db.Assurance
	AccessPoint string // code
	IP          string
	Permission  *string // nil: only whether they may come in
}

// AccessSubject is who, by exactly one of its fields.
type AccessSubject struct {
	UserID   *typeid.ID
	APIKeyID *typeid.ID
}

// PermissionOrigin is a permission that a user has, with the roles that grant it.
type PermissionOrigin struct {
	Permission string
	Roles      []*db.Role
}

// Decide says what would happen if somebody came in, and why. It needs VIEW_USER for anybody but the viewer in person, and
// MANAGE_API_KEY for a key.
func (s *Service) Decide(ctx context.Context, viewer *access.Viewer, request AccessRequest) (*access.Decision, error) {
	if err := mayExplain(viewer, request.Subject); err != nil {
		return nil, err
	}
	asked, err := s.readRequest(request)
	if err != nil {
		return nil, err
	}
	var subject *access.Subject
	err = s.store.Snapshot(ctx, func(reader db.Reader) error {
		subject, err = s.findSubject(ctx, reader, viewer, request.Subject)
		return err
	})
	if err != nil && !errors.Is(err, db.ErrNotFound) {
		return nil, err
	}
	if subject != nil && asked.Assurance == "" {
		asked.Assurance = db.ByPassword
		if subject.MFAEnrolled {
			asked.Assurance = db.ByMFA
		}
	}
	decision := access.Decide(subject, asked)
	for i := range decision.Checks {
		decision.Checks[i] = explained(viewer, request.Subject, asked, decision.Checks[i])
	}
	return &decision, nil
}

// explained is a check without what the viewer may not see: whitelists without VIEW_WHITELIST, and the role that grants a
// permission without VIEW_USER or VIEW_ROLE, but for one's own.
func explained(viewer *access.Viewer, subject AccessSubject, asked access.Request, check access.Check) access.Check {
	switch {
	case check.Kind == access.IPCheck && !viewer.May(access.ViewWhitelist):
		check.Detail, check.DecidedBy = asked.IP.Unmap().String(), ""
	case check.Kind == access.PermissionCheck && check.Passed && viewer.Require(access.ViewUser, access.ViewRole) != nil &&
		(subject.UserID == nil || !viewer.Is(*subject.UserID)):
		check.Detail, check.DecidedBy = asked.Permission, ""
	}
	return check
}

func mayExplain(viewer *access.Viewer, subject AccessSubject) error {
	if err := viewer.RequireEnrolled(); err != nil {
		return err
	}
	if subject.APIKeyID != nil {
		return viewer.Require(access.ManageAPIKey)
	}
	if subject.UserID != nil && CanSeeUser(viewer, *subject.UserID) {
		return nil
	}
	return viewer.Require(access.ViewUser)
}

func (s *Service) readRequest(request AccessRequest) (access.Request, error) {
	var problems problem.List
	ip, err := netip.ParseAddr(request.IP)
	if err != nil || ip.Zone() != "" {
		problems.Add(problem.New(problem.Invalid, "ip.invalid", "request.ip"))
	}
	asked := access.Request{AccessPoint: request.AccessPoint, IP: ip, At: db.At(s.now())}
	if request.Permission != nil {
		if asked.Permission = *request.Permission; !s.catalogue.Has(asked.Permission) {
			problems.Add(problem.New(problem.Invalid, "permission.unknown", "request.permission", "permission", asked.Permission))
		}
	}
	if request.Assurance != nil {
		asked.Assurance = *request.Assurance
	}
	return asked, problems.Err()
}

func (s *Service) findSubject(ctx context.Context, reader db.Reader, viewer *access.Viewer, wanted AccessSubject) (*access.Subject, error) {
	var key *db.APIKey
	if wanted.APIKeyID != nil {
		scope, err := s.keyScope(ctx, viewer)
		if err != nil {
			return nil, err
		}
		keys, err := reader.APIKeysByID(ctx, scope, []typeid.ID{*wanted.APIKeyID})
		if err != nil {
			return nil, err
		}
		if key = keys[*wanted.APIKeyID]; key == nil {
			return nil, db.ErrNotFound
		}
		wanted.UserID = &key.UserID
	}
	user, err := reader.UserByID(ctx, viewer.Account.ID, *wanted.UserID)
	if err != nil {
		return nil, err
	}
	subject, err := access.LoadSubject(ctx, reader, s.catalogue, viewer.Account, user)
	if err != nil || key == nil {
		return subject, err
	}
	subject.Key, err = access.LoadKey(ctx, reader, key)
	return subject, err
}

// PermissionOrigins tells of every permission that roles grant together from which of them it comes, sorted by code.
func (s *Service) PermissionOrigins(roles []*db.Role) []*PermissionOrigin {
	byCode := map[string]*PermissionOrigin{}
	var origins []*PermissionOrigin
	for _, role := range roles {
		for _, code := range s.catalogue.Grants(role).Codes() {
			origin := byCode[code]
			if origin == nil {
				origin = &PermissionOrigin{Permission: code}
				byCode[code], origins = origin, append(origins, origin)
			}
			origin.Roles = append(origin.Roles, role)
		}
	}
	slices.SortFunc(origins, func(a, b *PermissionOrigin) int {
		if a.Permission < b.Permission {
			return -1
		}
		return 1
	})
	return origins
}
