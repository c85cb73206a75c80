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
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// WhitelistEntryInput is one address or prefix of a whitelist.
type WhitelistEntryInput struct {
	Cidr string
	Note *string
}

// CreateWhitelistInput is what a new whitelist is made from.
type CreateWhitelistInput struct {
	Name    string
	Entries []WhitelistEntryInput
}

// UpdateWhitelistInput is what changes of a whitelist.
type UpdateWhitelistInput struct {
	ID       typeid.ID
	Revision *int
	Name     patch.Field[*string]
	// Entries replaces all.
	Entries patch.Field[[]WhitelistEntryInput]
}

// CreateWhitelist makes a whitelist, which is asked of nobody yet.
func (s *Service) CreateWhitelist(ctx context.Context, viewer *access.Viewer, input CreateWhitelistInput) (*db.Whitelist, error) {
	var list *db.Whitelist
	err := s.change(ctx, viewer, audit.WhitelistCreate, []string{access.ManageWhitelist}, func(tx *db.Tx, a *attempt) (err error) {
		if list, a.fields, err = a.writeNewWhitelist(ctx, tx, input, ""); err == nil {
			a.target = audit.Target{ID: list.ID, Name: list.Name}
		}
		return err
	})
	return orNil(list, err)
}

// UpdateWhitelist changes a whitelist, for the next request of everybody of whom it is asked, all of whom the viewer must be
// able to manage (product rule 3).
func (s *Service) UpdateWhitelist(ctx context.Context, viewer *access.Viewer, input UpdateWhitelistInput) (*db.Whitelist, error) {
	var list *db.Whitelist
	err := s.change(ctx, viewer, audit.WhitelistUpdate, []string{access.ManageWhitelist}, func(tx *db.Tx, a *attempt) error {
		var err error
		if list, err = a.whitelist(ctx, tx, input.ID); err != nil {
			return err
		}
		beyond, err := s.beyond(ctx, tx.Reader, viewer)
		if err != nil {
			return err
		}
		if concerns, err := tx.WhitelistConcerns(ctx, list.ID, beyond); err != nil {
			return err
		} else if concerns {
			return problem.New(problem.NotAllowed, "whitelist.not_allowed", "id")
		}
		if err := checkRevision(input.Revision, list.Revision); err != nil {
			return err
		}
		stored, err := tx.EntriesByWhitelist(ctx, []typeid.ID{list.ID})
		if err != nil {
			return err
		}
		before, entriesBefore := *list, stored[list.ID]
		entries := entriesBefore
		var problems problem.List
		list.Name = patched(&problems, "name", input.Name, list.Name, readName)
		if given, set := listed(&problems, "entries", input.Entries); set {
			entries = readEntries(&problems, "entries", given)
		}
		if err := problems.Err(); err != nil {
			return err
		}
		a.fields = audit.Diff(&before, list, audit.Change("entries", each(entriesBefore, entryText), each(entries, entryText)))
		if len(a.fields) == 0 && slices.Equal(each(entriesBefore, entryText), each(entries, entryText)) {
			return errUnchanged
		}
		uses, err := a.usesOf(ctx, tx.Reader, list.ID)
		if err != nil {
			return err
		}
		a.opensNothing = !uses.any()
		list.Revision++
		list.UpdatedAt = a.now
		a.lockout = func(access.Reason) *problem.Error {
			return problem.New(problem.Lockout, "whitelist.lockout", "entries", "ip", viewer.IP.String())
		}
		return nameTaken(tx.UpdateWhitelist(ctx, list, entries), "whitelist.name_taken", "name")
	})
	return orNil(list, err)
}

// DeleteWhitelist removes a whitelist that is asked of nobody: removing one must never open a door.
func (s *Service) DeleteWhitelist(ctx context.Context, viewer *access.Viewer, id typeid.ID) error {
	return s.change(ctx, viewer, audit.WhitelistDelete, []string{access.ManageWhitelist}, func(tx *db.Tx, a *attempt) error {
		list, err := a.whitelist(ctx, tx, id)
		if err != nil {
			return err
		}
		uses, err := a.usesOf(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		if uses.any() {
			return problem.New(problem.InUse, "whitelist.in_use", "id", "users", uses.users, "accessPoints", uses.accessPoints, "keys", uses.keys)
		}
		entries, err := tx.EntriesByWhitelist(ctx, []typeid.ID{id})
		if err != nil {
			return err
		}
		a.fields = audit.Diff(list, nil, audit.Change("entries", each(entries[id], entryText), nil))
		return tx.DeleteWhitelist(ctx, list)
	})
}

// whitelistUses counts what a whitelist restricts.
type whitelistUses struct{ users, accessPoints, keys int }

func (u whitelistUses) any() bool { return u.users+u.accessPoints+u.keys > 0 }

func (a *attempt) usesOf(ctx context.Context, r db.Reader, id typeid.ID) (uses whitelistUses, err error) {
	users, err := r.UserCountByWhitelist(ctx, []typeid.ID{id})
	if err != nil {
		return uses, err
	}
	points, err := r.AccessPointsByWhitelist(ctx, []typeid.ID{id})
	if err != nil {
		return uses, err
	}
	uses.users, uses.accessPoints = users[id], len(points[id])
	uses.keys, err = r.CountLiveAPIKeysWithWhitelist(ctx, id, a.now)
	return uses, err
}

// whitelist finds what an operation is about.
func (a *attempt) whitelist(ctx context.Context, tx *db.Tx, id typeid.ID) (*db.Whitelist, error) {
	list, err := tx.WhitelistByID(ctx, a.accountID, id)
	if errors.Is(err, db.ErrNotFound) {
		return nil, problem.New(problem.NotFound, "whitelist.not_found", "id")
	}
	if err != nil {
		return nil, err
	}
	a.target = audit.Target{ID: list.ID, Name: list.Name}
	return list, nil
}
