package account

import (
	"context"
	"slices"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/patch"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// deed is something that somebody did or tried.
type deed struct {
	day, hour, minute int // the day counts back
	who               string
	do                func(ctx context.Context, viewer *access.Viewer) error
}

// live is what happened in the account after everybody had come.
func (d *demo) live(ctx context.Context) error {
	deeds := append(d.changes(), d.refusals()...)
	slices.SortStableFunc(deeds, func(a, b deed) int { return b.day - a.day })
	for _, deed := range deeds {
		d.on(deed.day, deed.hour, deed.minute)
		viewer, err := d.as(ctx, deed.who)
		if err != nil {
			return err
		}
		if err := deed.do(ctx, viewer); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) changes() []deed {
	deactivate := func(login string) func(context.Context, *access.Viewer) error {
		return func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.DeactivateUser(ctx, viewer, d.users[login].ID)
			return err
		}
	}
	return []deed{
		{64, 11, 5, "sanne", func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.UpdateUser(ctx, viewer, UpdateUserInput{
				ID: d.users["jeroen.bakker"].ID, RoleIDs: patch.Of(pickIDs(d.roles, []string{"Support 3", "DNS automation"})),
			})
			return err
		}},
		{58, 16, 40, "sanne", func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.UnlockUser(ctx, viewer, d.users["lukas"].ID)
			return err
		}},
		{44, 8, 55, "k.vogt", d.replacePhone},
		{41, 17, 2, "sanne", deactivate("thijs")},
		{30, 10, 26, "sanne", deactivate("old-deploy")},
		{20, 17, 31, "sanne", deactivate("pieter.jansen")},
		{19, 9, 8, "svenja", func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.ResendWelcome(ctx, viewer, d.users["lotte"].ID)
			return err
		}},
		{3, 21, 14, "k.vogt", func(ctx context.Context, viewer *access.Viewer) error {
			note := "Zweite Reihe"
			_, err := d.UpdateWhitelist(ctx, viewer, UpdateWhitelistInput{
				ID: d.whitelists["Büro Münster"], Entries: patch.Of([]WhitelistEntryInput{{Cidr: "203.0.113.64/27", Note: &note}}),
			})
			return err
		}},
		{0, 9, 41, "sanne", func(ctx context.Context, viewer *access.Viewer) error {
			codes := slices.DeleteFunc(slices.Concat(demoSupport2, demoSupport2Added), func(code string) bool {
				return code == "DELETE_DNS_ZONE"
			})
			_, err := d.UpdateRole(ctx, viewer, UpdateRoleInput{
				ID: d.roles["Support 2"], Description: patch.To("Second line in Zwolle and Münster"),
				Permissions: patch.Of(d.known(demoRole{views: true, codes: codes})),
			})
			return err
		}},
	}
}

// replacePhone is what becomes of a lost phone: an administrator resets the factors, and the user enrols a new one.
func (d *demo) replacePhone(ctx context.Context, viewer *access.Viewer) error {
	user, err := d.ResetUserMFA(ctx, viewer, d.users["zofia"].ID)
	if err != nil {
		return err
	}
	d.at = d.at.Add(26 * time.Minute)
	person := demoPeople[slices.IndexFunc(demoPeople, func(p demoPerson) bool { return p.login == user.LoginName })]
	return d.store.Change(ctx, func(tx *db.Tx) error { return d.enrolFactor(ctx, tx, person, user) })
}

func (d *demo) refusals() []deed {
	return []deed{
		{55, 13, 50, "ilse", func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.CreateUser(ctx, viewer, d.input(demoPeople[2]))
			return refused(err)
		}},
		{39, 15, 12, "sanne", func(ctx context.Context, viewer *access.Viewer) error {
			return refused(d.DeleteRole(ctx, viewer, d.roles["Support 2"]))
		}},
		{28, 10, 33, "noor", func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.CreateUser(ctx, viewer, d.input(demoPerson{
				login: "stagiair", name: "Stagiair", language: db.Dutch, roles: []string{"all"}, points: web,
			}))
			return refused(err)
		}},
		{17, 16, 18, "sanne", func(ctx context.Context, viewer *access.Viewer) error {
			points, err := d.AccessPoints(ctx, viewer)
			if err != nil {
				return err
			}
			door := slices.IndexFunc(points, func(point *db.AccessPoint) bool { return point.Code == db.Web })
			_, err = d.UpdateAccessPoint(ctx, viewer, UpdateAccessPointInput{
				ID: points[door].ID, WhitelistIDs: patch.Of(pickIDs(d.whitelists, []string{"Büro Münster"})),
			})
			return refused(err)
		}},
		{6, 11, 47, "lukas", func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.ReactivateUser(ctx, viewer, d.users["thijs"].ID)
			return refused(err)
		}},
		{2, 8, 58, "svenja", func(ctx context.Context, viewer *access.Viewer) error {
			_, err := d.UpdateUser(ctx, viewer, UpdateUserInput{ID: d.users["k.vogt"].ID, Name: patch.To("Katharina Vogt-Brandt")})
			return refused(err)
		}},
	}
}

// signIn is who came in on which days, weekends left out but for the last time. The account's administrator comes in later.
func (d *demo) signIn(ctx context.Context) error {
	type visit struct {
		at     time.Time
		user   *db.User
		person demoPerson
	}
	var visits []visit
	for i, person := range demoPeople {
		user := d.users[person.login]
		if person.rhythm == 0 || user.ID == d.admin.ID {
			continue
		}
		for day := person.seen; day < person.created; day += person.rhythm {
			d.on(day, 7+(5*i+day)%3, (17*i+11*day)%60)
			if weekday := d.at.Weekday(); day == person.seen || weekday != time.Saturday && weekday != time.Sunday {
				visits = append(visits, visit{d.at, user, person})
			}
		}
	}
	slices.SortStableFunc(visits, func(a, b visit) int { return a.at.Compare(b.at) })
	return d.store.Change(ctx, func(tx *db.Tx) error {
		last := map[typeid.ID]time.Time{}
		for _, v := range visits {
			last[v.user.ID] = v.at
			if err := d.recordVisit(ctx, tx, v.at, v.user, v.person); err != nil {
				return err
			}
		}
		for userID, at := range last {
			if err := d.lastSeen(ctx, tx, userID, at); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *demo) recordVisit(ctx context.Context, tx *db.Tx, at time.Time, user *db.User, person demoPerson) error {
	shown := string(db.ByPassword)
	if person.factor != "" {
		shown = string(db.ByMFA)
	}
	return audit.Record(ctx, tx, at, audit.Event{
		AccountID: d.account.ID, Actor: d.actor(user, person.ip), Action: audit.SessionSignIn, Target: userTarget(d.account, user),
		Changes: []db.AuditChange{{Field: "assurance", After: &shown}},
	})
}

func (d *demo) lastSeen(ctx context.Context, tx *db.Tx, userID typeid.ID, at time.Time) error {
	methods, err := tx.TOTPMethods(ctx, userID)
	if err != nil {
		return err
	}
	for _, method := range methods {
		if err := tx.TakeTOTPStep(ctx, method.ID, at.Unix()/30, db.At(at)); err != nil {
			return err
		}
	}
	return tx.SignedIn(ctx, userID, db.At(at))
}

// lockSomebody lets a stranger guess a password.
func (d *demo) lockSomebody(ctx context.Context) error {
	d.at = d.present
	user, count, now := d.users["lukas"], "13", db.At(d.present)
	return d.store.Change(ctx, func(tx *db.Tx) error {
		tries, err := tx.LockThrottle(ctx, db.NameThrottle(d.account.Handle, user.LoginName), now)
		if err != nil {
			return err
		}
		tries.Failures, tries.BeganAt, tries.Until = 13, now.Add(-9*time.Minute), now.Add(4*time.Minute)
		if err := tx.SaveThrottle(ctx, tries); err != nil {
			return err
		}
		return audit.Record(ctx, tx, d.present, audit.Event{
			AccountID: d.account.ID, Actor: db.Actor{ActorName: "unknown", AccessPoint: db.Web, IP: "203.0.113.201"}, Action: audit.SessionSignIn,
			Outcome: db.Failed, Target: userTarget(d.account, user), Reason: "WRONG_PASSWORD", Changes: []db.AuditChange{{Field: "tries", After: &count}},
		})
	})
}
