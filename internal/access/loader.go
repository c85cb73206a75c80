package access

import (
	"context"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// loader reads what a [State] does not have, and notes how it is kept.
type loader struct {
	catalogue *Catalogue
	keeps     []func(*memory)
}

// keep puts into memory what was read.
func (l *loader) keep(m *memory) {
	for _, keep := range l.keeps {
		keep(m)
	}
}

func (l *loader) user(ctx context.Context, reader db.Reader, accountID, id typeid.ID) (*Subject, error) {
	account, err := reader.AccountByID(ctx, accountID)
	if err != nil {
		return nil, err
	}
	row, err := reader.UserByID(ctx, accountID, id)
	if err != nil {
		return nil, err
	}
	subject, err := LoadSubject(ctx, reader, l.catalogue, account, row)
	if err != nil {
		return nil, err
	}
	l.keeps = append(l.keeps, func(m *memory) { m.keepSubject(account, row, subject) })
	return subject, nil
}

func (l *loader) userNamed(ctx context.Context, reader db.Reader, accountID typeid.ID, loginName string) (*Subject, error) {
	row, err := reader.UserByLoginName(ctx, accountID, loginName)
	if err != nil {
		return nil, err
	}
	l.keeps = append(l.keeps, func(m *memory) { m.usersByName[userName{accountID, row.LoginKey}] = row.ID })
	return l.user(ctx, reader, accountID, row.ID)
}

func (l *loader) key(ctx context.Context, reader db.Reader, hash []byte) (*Subject, error) {
	row, err := reader.APIKeyByHash(ctx, hash)
	if err != nil {
		return nil, err
	}
	subject, err := l.user(ctx, reader, row.AccountID, row.UserID)
	if err != nil {
		return nil, err
	}
	if subject.Key, err = LoadKey(ctx, reader, row); err != nil {
		return nil, err
	}
	key := *subject.Key
	l.keeps = append(l.keeps, func(m *memory) {
		held := m.share(nil, m.namesOf(key.Doors), m.keepLists(key.Whitelists))
		kept := &heldKey{Key: key, hash: [32]byte(hash), accountID: subject.AccountID, userID: subject.User.ID, lists: held.lists}
		if user, ok := m.objects[row.UserID].(*heldUser); ok {
			kept.accountID, kept.userID = user.accountID, user.ID
		}
		kept.Whitelists, kept.Doors = nil, held.doors
		m.keysByHash[kept.hash] = keepOne(m, key.ID, kept)
	})
	return subject, nil
}

func (l *loader) service(ctx context.Context, reader db.Reader, hash []byte) (*Service, error) {
	point, err := reader.AccessPointBySecret(ctx, hash)
	if err != nil {
		return nil, err
	}
	account, err := reader.AccountByID(ctx, point.AccountID)
	if err != nil {
		return nil, err
	}
	asked, err := reader.PrefixesAskedAt(ctx, point.ID)
	if err != nil {
		return nil, err
	}
	door := &Door{point.ID, point.Code, point.Kind, whitelistsByDoor(asked)[point.ID], point.WhitelistsReportOnly}
	behind := &serviceBehind{Service{
		AccountID: account.ID, Handle: account.Handle, DoorID: point.ID, Code: point.Code, Kind: point.Kind, Origins: point.Origins.V,
	}, [32]byte(hash)}
	l.keeps = append(l.keeps, func(m *memory) {
		m.forgetOne(door.ID) // it may be held without what is behind it
		m.doorsBySecret[behind.secretHash] = m.keepDoor(door, behind)
	})
	return &behind.Service, nil
}

// keepSubject keeps what a subject was read of. What is held already stays, so that many users share it.
func (m *memory) keepSubject(account *db.Account, row *db.User, subject *Subject) {
	var roles, doors []typeid.ID
	for _, role := range subject.Roles {
		roles = append(roles, keepOne(m, role.ID, role).ID)
	}
	for _, door := range subject.Doors {
		doors = append(doors, m.keepDoor(door, nil).ID)
	}
	accountID := keepOne(m, account.ID, &heldAccount{account.ID, account.Policy.MFAForced}).id
	user := *subject.User
	user.Status = statusOf(user.Status)
	keepOne(m, row.ID, &heldUser{
		User: user, accountID: accountID, holdings: m.share(roles, doors, m.keepLists(subject.Whitelists)),
		mfaForced: row.MFAForced, mfaEnrolled: subject.MFAEnrolled, reportOnly: row.WhitelistsReportOnly,
	})
}

func (m *memory) keepDoor(door *Door, behind *serviceBehind) *heldDoor {
	kept := &heldDoor{Door: *door, lists: m.keepLists(door.Whitelists), behind: behind}
	kept.Whitelists = nil
	return keepOne(m, door.ID, kept)
}

// namesOf returns IDs in the text of the doors that are held: what is compared at each decision lies in one place then.
func (m *memory) namesOf(doors []typeid.ID) []typeid.ID {
	names := slices.Clone(doors)
	for i, id := range names {
		if held, ok := m.objects[id].(*heldDoor); ok {
			names[i] = held.ID
		}
	}
	return names
}

func (m *memory) keepLists(lists []*Whitelist) (ids []typeid.ID) {
	for _, list := range lists {
		ids = append(ids, keepOne(m, list.ID, list).ID)
	}
	return ids
}
