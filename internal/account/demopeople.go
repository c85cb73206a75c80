package account

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

func (p demoPerson) email() string { return p.login + "@poortwijk.example" }

func (d *demo) input(p demoPerson) CreateUserInput {
	return CreateUserInput{
		Kind: db.Personal, LoginName: p.login, Email: p.email(), Name: p.name, Language: p.language, MFAForced: p.mfaForced(),
		RoleIDs: pickIDs(d.roles, p.roles), AccessPoints: p.points, WhitelistIDs: pickIDs(d.whitelists, p.whitelists),
	}
}

func pickIDs(byName map[string]typeid.ID, names []string) []typeid.ID {
	ids := make([]typeid.ID, len(names))
	for i, name := range names {
		ids[i] = byName[name]
	}
	return ids
}

func (d *demo) makeRoles(ctx context.Context) error {
	for i, role := range demoRoles {
		d.on(126, 9, 10+4*i)
		viewer, err := d.as(ctx, "sanne")
		if err != nil {
			return err
		}
		made, err := d.CreateRole(ctx, viewer, CreateRoleInput{Name: role.name, Description: &role.description, Permissions: d.known(role)})
		if err != nil {
			return err
		}
		d.roles[role.name] = made.ID
	}
	return nil
}

// known are the codes of a role that the catalogue has: an operator's own may have none of them.
func (d *demo) known(role demoRole) []string {
	var codes []string
	for _, group := range d.catalogue.Groups() {
		for _, permission := range group.Permissions {
			if role.views && strings.HasPrefix(permission.Code, "VIEW_") || slices.Contains(role.codes, permission.Code) {
				codes = append(codes, permission.Code)
			}
		}
	}
	return codes
}

func (d *demo) makeWhitelists(ctx context.Context) error {
	for i, list := range demoWhitelists {
		d.on(125, 14, 5+6*i)
		viewer, err := d.as(ctx, "sanne")
		if err != nil {
			return err
		}
		input := CreateWhitelistInput{Name: list.name}
		for _, entry := range list.entries {
			input.Entries = append(input.Entries, WhitelistEntryInput{Cidr: entry.cidr, Note: &entry.note})
		}
		made, err := d.CreateWhitelist(ctx, viewer, input)
		if err != nil {
			return err
		}
		d.whitelists[list.name] = made.ID
	}
	return nil
}

func (d *demo) makePeople(ctx context.Context) error {
	for i, person := range demoPeople[1:] {
		if d.users[person.login] != nil {
			continue
		}
		d.on(person.created, 9, 12+7*(i%6))
		by := "sanne"
		if d.users["k.vogt"] != nil && person.language == db.German {
			by = "k.vogt"
		}
		viewer, err := d.as(ctx, by)
		if err != nil {
			return err
		}
		user, err := d.CreateUser(ctx, viewer, d.input(person))
		if err != nil {
			return err
		}
		d.users[person.login] = user
		if person.rhythm == 0 {
			continue
		}
		if err := d.takeInvitation(ctx, person, user); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) makePrograms(ctx context.Context) error {
	for i, program := range demoPrograms {
		d.on(program.created, 15, 3+8*i)
		viewer, err := d.as(ctx, "sanne")
		if err != nil {
			return err
		}
		user, err := d.CreateUser(ctx, viewer, CreateUserInput{
			Kind: db.API, LoginName: program.login, Email: program.login + "@poortwijk.example", Name: program.name, Language: db.English,
			MFAForced: true, RoleIDs: pickIDs(d.roles, []string{program.role}), AccessPoints: program.points,
			WhitelistIDs: pickIDs(d.whitelists, program.whitelists),
		})
		if err != nil {
			return err
		}
		d.users[program.login] = user
	}
	return nil
}

// takeInvitation is what somebody does with the link of the welcome mail, half an hour after it came: they set a password
// and enrol a second factor. Both are written here as signing in writes them, with secrets that nobody has.
func (d *demo) takeInvitation(ctx context.Context, person demoPerson, user *db.User) error {
	d.at = d.at.Add(31 * time.Minute)
	invited, now := *user, d.at
	return d.store.Change(ctx, func(tx *db.Tx) error {
		before := invited
		*user, d.at = invited, now
		user.Status, user.PasswordHash, user.UpdatedAt = db.Active, d.hash, db.At(now)
		user.Revision++
		if err := tx.UpdateUser(ctx, user); err != nil {
			return err
		}
		if err := tx.SetPassword(ctx, user, ""); err != nil {
			return err
		}
		err := audit.Record(ctx, tx, d.at, audit.Event{
			AccountID: d.account.ID, Actor: d.actor(user, person.ip), Action: audit.UserSetPassword,
			Target: userTarget(d.account, user), Changes: audit.Diff(&before, user),
		})
		if err != nil || person.factor == "" {
			return err
		}
		d.at = d.at.Add(2 * time.Minute)
		return d.enrolFactor(ctx, tx, person, user)
	})
}

func (d *demo) enrolFactor(ctx context.Context, tx *db.Tx, person demoPerson, user *db.User) error {
	key, id := make([]byte, 20), typeid.New("totp")
	rand.Read(key)
	codes := make([][]byte, 10)
	for i := range codes {
		codes[i] = secret.NewToken().Hash()
	}
	sealing, err := tx.SealingKey(ctx, d.keys, db.At(d.at))
	if err != nil {
		return err
	}
	method := &db.TOTPMethod{
		Factor: db.Factor{ID: id, UserID: user.ID, Name: person.factor, CreatedAt: db.At(d.at)},
		// Sealed for the place where signing in opens it.
		Secret: sealing.Seal(key, "totp_methods", string(id), string(user.ID)),
	}
	if err := tx.CreateFactor(ctx, method); err != nil {
		return err
	}
	if err := tx.SetRecoveryCodes(ctx, user.ID, codes, db.At(d.at)); err != nil {
		return err
	}
	return audit.Record(ctx, tx, d.at, audit.Event{
		AccountID: d.account.ID, Actor: d.actor(user, person.ip), Action: audit.MFAEnrol, Target: userTarget(d.account, user),
		Changes: audit.Change("method", nil, []string{person.factor}),
	})
}

func (d *demo) actor(user *db.User, ip string) db.Actor {
	return db.Actor{ActorID: user.ID, ActorName: access.QualifiedName(d.account, user), AccessPoint: db.Web, IP: ip}
}
