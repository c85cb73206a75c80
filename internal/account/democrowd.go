package account

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

const (
	crowdRoles      = 50
	crowdWhitelists = 20
	crowdAtOnce     = 5000 // users in a transaction
)

var (
	crowdFirstNames = strings.Fields("Sanne Jeroen Noor Pieter Lotte Ilse Daan Femke Bram Maud Thijs Anouk Svenja Lukas Katharina Jürgen Zoë Jörg Amélie François " +
		"Chloé Étienne Inès Hugo Lucía José Carmen Íñigo Marta Pablo Emma Oliver Grace Harry Zofia Paweł Agnieszka Søren Astrid Björn")
	crowdLastNames = strings.Fields("Bakker Jansen Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Postma Vogt Müller Schmidt Schneider " +
		"Fischer Weber Wagner Becker Schäfer Koch Krüger Dubois Lefèvre Moreau Rousseau Garnier García Fernández López Muñoz Ibáñez Romero Taylor " +
		"Walker Wright Hughes Bennett Nowak Wiśniewska Kowalski Nielsen Lindqvist Ødegaard Novák Horváth Popescu")
	crowdTeams     = strings.Fields("Support Sales Finance Registry Hosting Abuse Billing Platform Audit Partners")
	crowdOffices   = strings.Fields("Zwolle Münster Lille Sevilla Leeds Gdańsk Malmö Utrecht Bremen Nantes")
	crowdPrograms  = strings.Fields("dns-sync invoice-export transfer-bot certificate-renewal backup stock-feed monitoring crm-bridge")
	crowdLanguages = []db.Language{db.Dutch, db.German, db.French, db.Spanish, db.English}
)

// crowd is users of an account in any number. What number i is like follows from i alone: the same number of users gives
// the same account but for IDs and the hour at which it was made.
type crowd struct {
	*Service
	account               *db.Account
	size                  int
	now                   db.Time
	hash                  string // of a password that nobody knows
	roles, whitelists     []typeid.ID
	pointWeb, pointByAPIs typeid.ID
}

// FillCrowd adds users in any number to a new account, in transactions of some thousand: three in four people, the others
// programs, with two of fifty roles each, and three in ten with one of twenty whitelists of one entry. Nobody in it can sign
// in before an administrator has given them a password or a key. They are nobody's deed: the trail of audit events has none
// of them. An error leaves those behind who were already added.
func (s *Service) FillCrowd(ctx context.Context, account *db.Account, size int) error {
	hash, err := s.passwords.Hash(ctx, password.Known("system"), password.Generate())
	if err != nil {
		return err
	}
	c := &crowd{Service: s, account: account, size: size, now: db.At(s.now()), hash: hash}
	points, err := s.store.AccessPoints(ctx, account.ID)
	if err != nil {
		return err
	}
	for _, point := range points {
		switch point.Code {
		case db.Web:
			c.pointWeb = point.ID
		case db.ForPrograms:
			c.pointByAPIs = point.ID
		}
	}
	if err := s.store.Touch(ctx, func(tx *db.Tx) error { return c.share(ctx, tx) }); err != nil {
		return err
	}
	for first := 0; first < size; first += crowdAtOnce {
		users := make([]db.NewUser, 0, crowdAtOnce)
		for i := first; i < min(first+crowdAtOnce, size); i++ {
			users = append(users, c.user(i))
		}
		err := s.store.Touch(ctx, func(tx *db.Tx) error { return tx.CreateUsers(ctx, account.ID, users) })
		if err != nil {
			return err
		}
	}
	return nil
}

// share writes the roles and whitelists that the users have in common. The first whitelist is of one /24 network, the next
// of the network after it, and so on.
func (c *crowd) share(ctx context.Context, tx *db.Tx) error {
	c.roles, c.whitelists = nil, nil
	var codes []string
	for _, group := range c.catalogue.Groups() {
		for _, permission := range group.Permissions {
			codes = append(codes, permission.Code)
		}
	}
	for i := range crowdRoles {
		var held []string
		dice := rollFor("role", i)
		for n, code := range codes {
			if strings.HasPrefix(code, "VIEW_") || dice[n%len(dice)]%4 == 0 {
				held = append(held, code)
			}
		}
		team := crowdTeams[i%len(crowdTeams)]
		role := &db.Role{
			ID: typeid.New("role"), AccountID: c.account.ID, Kind: db.CustomRole, Name: fmt.Sprintf("%s team %d", team, 1+i/len(crowdTeams)),
			Description: "What the people of " + team + " do every day", Permissions: db.NewCodes(held...), CreatedAt: c.now, UpdatedAt: c.now, Revision: 1,
		}
		if err := tx.CreateRole(ctx, role); err != nil {
			return err
		}
		c.roles = append(c.roles, role.ID)
	}
	for i := range crowdWhitelists {
		network := netip.PrefixFrom(netip.AddrFrom4([4]byte{198, 18, byte(i), 0}), 24) // set apart for benchmarks (RFC 2544)
		office := crowdOffices[i%len(crowdOffices)]
		list := &db.Whitelist{
			ID: typeid.New("wl"), AccountID: c.account.ID, Name: fmt.Sprintf("%s, floor %d", office, 1+i/len(crowdOffices)), CreatedAt: c.now, UpdatedAt: c.now, Revision: 1,
		}
		entry := &db.WhitelistEntry{WhitelistID: list.ID, Prefix: db.Prefix{Prefix: network}, Note: "Office"}
		if err := tx.CreateWhitelist(ctx, list, []*db.WhitelistEntry{entry}); err != nil {
			return err
		}
		c.whitelists = append(c.whitelists, list.ID)
	}
	return nil
}

// dice are numbers from 0 to 65,535 that look thrown and are not: the same for the same thing, whatever the size.
type dice [sha256.Size / 2]uint16

func rollFor(kind string, i int) (d dice) {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", kind, i))
	for n := range d {
		d[n] = binary.BigEndian.Uint16(sum[2*n:])
	}
	return d
}

// user is the one of a number. The last has come a minute ago, the one before a minute earlier.
func (c *crowd) user(i int) db.NewUser {
	d := rollFor("user", i)
	since := c.now.Add(-time.Duration(c.size-i) * time.Minute)
	user := &db.User{ID: typeid.New("user"), Language: crowdLanguages[int(d[0])%len(crowdLanguages)], Status: db.Active, CreatedAt: since, UpdatedAt: since, Revision: 1}
	added := db.NewUser{User: user}
	if d[1]%4 == 0 {
		program := crowdPrograms[int(d[2])%len(crowdPrograms)]
		user.Kind, user.MFAForced, user.Name = db.API, true, fmt.Sprintf("%s %d", program, i)
		user.LoginName = fmt.Sprintf("%s-%07d", program, i)
		added.AccessPointIDs = []typeid.ID{c.pointByAPIs}
	} else {
		first, last := crowdFirstNames[int(d[2])%len(crowdFirstNames)], crowdLastNames[int(d[3])%len(crowdLastNames)]
		user.Kind, user.MFAForced, user.Name = db.Personal, d[4]%2 == 0, first+" "+last
		user.LoginName = fmt.Sprintf("%s.%s.%07d", loginPart(first), loginPart(last), i)
		added.AccessPointIDs = []typeid.ID{c.pointWeb}
		switch chance := d[5] % 20; chance {
		case 0:
			user.Status = db.Invited
		case 1:
			user.Status, user.PasswordHash = db.Deactivated, c.hash
		default:
			user.PasswordHash = c.hash
			user.LastSignInAt = c.now.Add(-time.Duration(int(d[6])%(c.size-i)) * time.Minute)
		}
	}
	user.Email = user.LoginName + "@crowd.example"
	one := int(d[7]) % crowdRoles
	other := (one + 1 + int(d[8])%(crowdRoles-1)) % crowdRoles
	added.RoleIDs = []typeid.ID{c.roles[one], c.roles[other]}
	if d[9]%10 < 3 {
		added.WhitelistIDs = []typeid.ID{c.whitelists[int(d[10])%crowdWhitelists]}
	}
	return added
}

// loginPart is a name in the characters that a login name may have.
func loginPart(name string) string {
	return strings.Map(func(r rune) rune {
		if r < 'a' || r > 'z' {
			return -1
		}
		return r
	}, text.Fold(name))
}
