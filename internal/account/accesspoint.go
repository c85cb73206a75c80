package account

import (
	"context"
	"errors"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// CreateAccessPointInput is what a new access point is made from.
type CreateAccessPointInput struct {
	Code         string
	Name         string
	Description  *string
	Kind         db.AccessPointKind
	WhitelistIDs []typeid.ID
	Origins      []string
	// WhitelistsReportOnly is nil for false.
	WhitelistsReportOnly *bool
}

// UpdateAccessPointInput is what changes of an access point.
type UpdateAccessPointInput struct {
	ID           typeid.ID
	Revision     *int
	Name         patch.Field[*string]
	Description  patch.Field[*string]
	WhitelistIDs patch.Field[[]typeid.ID]
	Origins      patch.Field[[]string]

	WhitelistsReportOnly patch.Field[*bool]
}

// CreateAccessPoint makes a door of the account's own.
func (s *Service) CreateAccessPoint(ctx context.Context, viewer *access.Viewer, input CreateAccessPointInput) (*db.AccessPoint, error) {
	var point *db.AccessPoint
	err := s.change(ctx, viewer, audit.AccessPointCreate, []string{access.ManageAccessPoint}, func(tx *db.Tx, a *attempt) error {
		var problems problem.List
		point = &db.AccessPoint{
			ID: typeid.New("ap"), AccountID: a.accountID, CreatedAt: a.now, UpdatedAt: a.now, Revision: 1,
			Code: readCode(&problems, "code", input.Code),
			Name: readName(&problems, "name", input.Name),
			Kind: readKind(&problems, "kind", input.Kind),
		}
		if input.Description != nil {
			point.Description = readDescription(&problems, "description", *input.Description)
		}
		point.Origins.V = readOrigins(&problems, point.Kind, input.Origins)
		point.WhitelistsReportOnly = input.WhitelistsReportOnly != nil && *input.WhitelistsReportOnly
		lists, err := a.readWhitelists(ctx, tx.Reader, &problems, input.WhitelistIDs, false)
		if err = errors.Join(err, problems.Err()); err != nil {
			return err
		}
		a.target = audit.Target{ID: point.ID, Name: point.Code}
		a.fields = audit.Diff(nil, point, audit.Change("whitelists", nil, each(lists, whitelistName)))
		if err := nameTaken(tx.CreateAccessPoint(ctx, point), "access_point.code_taken", "code"); err != nil {
			return err
		}
		return tx.SetAccessPointWhitelists(ctx, point.ID, each(lists, whitelistID))
	})
	return orNil(point, err)
}

// accessPointGuard is a field of [UpdateAccessPointInput], with its path in the input and its name in the audit trail.
type accessPointGuard struct{ field, path, changed string }

// accessPointGuards are the fields of [UpdateAccessPointInput] that guard an access point, by their path: who changes one must
// be able to manage every user that has it (product rule 3). The others only describe it. A test fails for a field of the input
// that is in neither list.
var (
	accessPointGuards = []accessPointGuard{
		{"Origins", "origins", "origins"},
		{"WhitelistIDs", "whitelistIds", "whitelists"},
		{"WhitelistsReportOnly", "whitelistsReportOnly", "whitelistsReportOnly"},
	}
	accessPointTexts = []string{"Name", "Description"}
)

// UpdateAccessPoint changes an access point, built-in ones included, for everybody's next request. What guards it changes only
// who can manage every user that has it.
func (s *Service) UpdateAccessPoint(ctx context.Context, viewer *access.Viewer, input UpdateAccessPointInput) (*db.AccessPoint, error) {
	var point *db.AccessPoint
	err := s.change(ctx, viewer, audit.AccessPointUpdate, []string{access.ManageAccessPoint}, func(tx *db.Tx, a *attempt) error {
		var err error
		if point, err = a.accessPoint(ctx, tx, input.ID); err != nil {
			return err
		}
		if err := checkRevision(input.Revision, point.Revision); err != nil {
			return err
		}
		asked, err := tx.WhitelistsByAccessPoint(ctx, []typeid.ID{point.ID})
		if err != nil {
			return err
		}
		before, listsBefore := *point, asked[point.ID]
		lists := listsBefore
		var problems problem.List
		point.Name = patched(&problems, "name", input.Name, point.Name, readName)
		point.Description = cleared(&problems, "description", input.Description, point.Description, readDescription)
		if origins, set := emptied(&problems, "origins", input.Origins); set {
			point.Origins.V = readOrigins(&problems, point.Kind, origins)
		}
		point.WhitelistsReportOnly = patched(&problems, "whitelistsReportOnly", input.WhitelistsReportOnly, point.WhitelistsReportOnly, asGiven)
		if ids, set := emptied(&problems, "whitelistIds", input.WhitelistIDs); set {
			if lists, err = a.readWhitelists(ctx, tx.Reader, &problems, ids, false); err != nil {
				return err
			}
		}
		if err := problems.Err(); err != nil {
			return err
		}
		a.fields = audit.Diff(&before, point, audit.Change("whitelists", each(listsBefore, whitelistName), each(lists, whitelistName)))
		if len(a.fields) == 0 {
			return errUnchanged
		}
		if err := a.mayGuard(ctx, tx, point); err != nil {
			return err
		}
		point.Revision++
		point.UpdatedAt = a.now
		if err := tx.UpdateAccessPoint(ctx, point); err != nil {
			return err
		}
		a.lockout = func(access.Reason) *problem.Error {
			path := "whitelistIds"
			if sameItems(listsBefore, lists, whitelistID) {
				path = "whitelistsReportOnly"
			}
			return problem.New(problem.Lockout, "access_point.lockout", path, "ip", viewer.IP.String())
		}
		return tx.SetAccessPointWhitelists(ctx, point.ID, each(lists, whitelistID))
	})
	return orNil(point, err)
}

// mayGuard refuses a change of what guards an access point when somebody has it whom the viewer cannot manage.
func (a *attempt) mayGuard(ctx context.Context, tx *db.Tx, point *db.AccessPoint) error {
	var problems problem.List
	for _, guard := range accessPointGuards {
		if slices.Contains(changedFields(a.fields), guard.changed) {
			problems.Add(problem.New(problem.NotAllowed, "access_point.not_allowed", guard.path))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	manages, err := a.managesAllOf(ctx, tx, point.ID)
	if err != nil || manages {
		return err
	}
	return problems
}

// managesAllOf says whether the viewer can manage every user that has an access point.
func (a *attempt) managesAllOf(ctx context.Context, tx *db.Tx, pointID typeid.ID) (bool, error) {
	manageable, err := a.service.ManageableAccessPoints(ctx, tx.Reader, a.viewer, []typeid.ID{pointID})
	return manageable[pointID], err
}

// ManageableAccessPoints says of access points whether the viewer can manage every user that has them, in two statements.
func (s *Service) ManageableAccessPoints(ctx context.Context, r db.Reader, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]bool, error) {
	beyond, err := s.beyond(ctx, r, viewer)
	if err != nil {
		return nil, err
	}
	held, err := r.AccessPointsOfHolders(ctx, ids, beyond)
	manageable := make(map[typeid.ID]bool, len(ids))
	for _, id := range ids {
		manageable[id] = !held[id]
	}
	return manageable, err
}

// RotateAccessPointSecret makes the secret that the service behind a door shows, and returns it: it is stored nowhere. The
// older one ends with the next request.
func (s *Service) RotateAccessPointSecret(ctx context.Context, viewer *access.Viewer, id typeid.ID) (*db.AccessPoint, secret.Token, error) {
	var (
		point *db.AccessPoint
		text  secret.Token
	)
	err := s.change(ctx, viewer, audit.AccessPointRotateSecret, []string{access.ManageAccessPoint}, func(tx *db.Tx, a *attempt) (err error) {
		if point, err = a.accessPoint(ctx, tx, id); err != nil {
			return err
		}
		if manages, err := a.managesAllOf(ctx, tx, id); err != nil {
			return err
		} else if !manages {
			return problem.New(problem.NotAllowed, "access_point.not_allowed", "id")
		}
		before := *point
		text = secret.NewShown(secret.ServiceSecret)
		point.SecretHash, point.SecretRotatedAt, point.UpdatedAt = text.Hash(), a.now, a.now
		point.Revision++
		a.fields = audit.Diff(&before, point)
		return tx.UpdateAccessPoint(ctx, point)
	})
	if err != nil {
		return nil, "", err
	}
	return point, text, nil
}

// DeleteAccessPoint removes a door of the account's own that no user has.
func (s *Service) DeleteAccessPoint(ctx context.Context, viewer *access.Viewer, id typeid.ID) error {
	return s.change(ctx, viewer, audit.AccessPointDelete, []string{access.ManageAccessPoint}, func(tx *db.Tx, a *attempt) error {
		point, err := a.accessPoint(ctx, tx, id)
		if err != nil {
			return err
		}
		if point.BuiltIn {
			return problem.New(problem.BuiltIn, "access_point.built_in", "id", "code", point.Code)
		}
		users, err := tx.UserCountByAccessPoint(ctx, []typeid.ID{id})
		if err != nil {
			return err
		}
		if users[id] > 0 {
			return problem.New(problem.InUse, "access_point.in_use", "id", "users", users[id])
		}
		lists, err := tx.WhitelistsByAccessPoint(ctx, []typeid.ID{id})
		if err != nil {
			return err
		}
		a.fields = audit.Diff(point, nil, audit.Change("whitelists", each(lists[id], whitelistName), nil))
		return tx.DeleteAccessPoint(ctx, point)
	})
}

// AccessPoints returns all access points of the account, built-in ones first, then by code.
func (s *Service) AccessPoints(ctx context.Context, viewer *access.Viewer) ([]*db.AccessPoint, error) {
	if err := viewer.Require(access.ViewUser, access.ManageAccessPoint); err != nil {
		return nil, err
	}
	return s.store.AccessPoints(ctx, viewer.Account.ID)
}

// AccessPointsByID returns those of the access points that the viewer may see.
func (s *Service) AccessPointsByID(ctx context.Context, viewer *access.Viewer, ids []typeid.ID) (map[typeid.ID]*db.AccessPoint, error) {
	if viewer.Require(access.ViewUser, access.ManageAccessPoint) != nil {
		return nil, nil
	}
	return s.store.AccessPointsByID(ctx, viewer.Account.ID, ids)
}

// accessPoint finds what an operation is about.
func (a *attempt) accessPoint(ctx context.Context, tx *db.Tx, id typeid.ID) (*db.AccessPoint, error) {
	point, err := tx.AccessPointByID(ctx, a.accountID, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, problem.New(problem.NotFound, "access_point.not_found", "id")
	}
	if err != nil {
		return nil, err
	}
	a.target = audit.Target{ID: point.ID, Name: point.Code}
	return point, nil
}

func readKind(problems *problem.List, path string, kind db.AccessPointKind) db.AccessPointKind {
	if !slices.Contains([]db.AccessPointKind{db.Interactive, db.Programmatic}, kind) {
		problems.Add(problem.New(problem.Invalid, "access_point.kind", path))
	}
	return kind
}
