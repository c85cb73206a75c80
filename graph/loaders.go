package graph

import (
	"context"
	"maps"
	"slices"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/account"
	"github.com/gatehouse/gatehouse/internal/throttle"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// loaders are the rows that an operation has come across, and the questions about them. In a mutation each root field has
// its own, because the one before may have changed the answers.
type loaders struct {
	users        noted[db.User]
	roles        noted[db.Role]
	accessPoints noted[db.AccessPoint]
	whitelists   noted[db.Whitelist]
	events       noted[db.AuditEvent]
	keys         noted[db.APIKey]
	sessions     noted[db.Session]
	mails        noted[db.Mail]

	userRoles         loader[db.User, []*db.Role]
	userAccessPoints  loader[db.User, []*db.AccessPoint]
	userWhitelists    loader[db.User, []*db.Whitelist]
	userFactors       loader[db.User, []db.SecondFactor]
	userRecoveryCodes loader[db.User, int]
	userSessions      loader[db.User, []*db.Session]
	userLock          loader[db.User, db.Time]
	userCreator       loader[db.User, *db.User]
	userSeen          loader[db.User, []*db.SeenAddress]
	userUndelivered   loader[db.User, *db.Mail]
	userReports       loadersBy[db.User, int, *account.WhitelistReport]

	roleUserCount loader[db.Role, int]

	accessPointManageable loader[db.AccessPoint, bool]
	accessPointUserCount  loader[db.AccessPoint, int]
	accessPointWhitelists loader[db.AccessPoint, []*db.Whitelist]
	accessPointSeen       loader[db.AccessPoint, []*db.SeenAddress]
	accessPointReports    loadersBy[db.AccessPoint, int, *account.WhitelistReport]

	whitelistUserCount    loader[db.Whitelist, int]
	whitelistEntries      loader[db.Whitelist, []*db.WhitelistEntry]
	whitelistAccessPoints loader[db.Whitelist, []*db.AccessPoint]

	eventActor  loader[db.AuditEvent, *db.User]
	eventTarget loader[db.AuditEvent, db.Node]
	eventKey    loader[db.AuditEvent, *db.APIKey]

	keyUser         loader[db.APIKey, *db.User]
	keyCreator      loader[db.APIKey, *db.User]
	keyAccessPoints loader[db.APIKey, []*db.AccessPoint]
	keyWhitelists   loader[db.APIKey, []*db.Whitelist]
	keyReplaces     loader[db.APIKey, *db.APIKey]
	keyReplacedBy   loader[db.APIKey, *db.APIKey]

	sessionAccessPoint loader[db.Session, *db.AccessPoint]

	mailUser loader[db.Mail, *db.User]
}

type loadersKey struct{}

// withLoaders gives an operation, or a root field of a mutation, loaders of its own.
func (r *Resolver) withLoaders(ctx context.Context) context.Context {
	return context.WithValue(ctx, loadersKey{}, r.newLoaders())
}

func loadersOf(ctx context.Context) *loaders { return ctx.Value(loadersKey{}).(*loaders) }

func (r *Resolver) newLoaders() *loaders {
	l := &loaders{
		users:        noted[db.User]{id: (*db.User).NodeID},
		roles:        noted[db.Role]{id: (*db.Role).NodeID},
		accessPoints: noted[db.AccessPoint]{id: (*db.AccessPoint).NodeID},
		whitelists:   noted[db.Whitelist]{id: (*db.Whitelist).NodeID},
		events:       noted[db.AuditEvent]{id: (*db.AuditEvent).NodeID},
		keys:         noted[db.APIKey]{id: (*db.APIKey).NodeID},
		sessions:     noted[db.Session]{id: (*db.Session).NodeID},
		mails:        noted[db.Mail]{id: (*db.Mail).NodeID},
	}
	ask(&l.userRoles, &l.users, noting(&l.roles, inMemory(r, access.View.RolesOfUsers)))
	ask(&l.userAccessPoints, &l.users, noting(&l.accessPoints, inMemory(r, access.View.AccessPointsOfUsers)))
	ask(&l.userWhitelists, &l.users, noting(&l.whitelists, inMemory(r, access.View.WhitelistsOfUsers)))
	ask(&l.userFactors, &l.users, r.store.FactorsByUser)
	ask(&l.userRecoveryCodes, &l.users, r.store.RecoveryCodeCountByUser)
	ask(&l.userSessions, &l.users, noting(&l.sessions, r.sessionsByUser))
	ask(&l.userSeen, &l.users, viewing(r.accounts.AddressesSeenByUser))
	askBy(&l.userReports, &l.users, r.whitelistReports)
	ask(&l.accessPointSeen, &l.accessPoints, viewing(r.accounts.AddressesSeenByAccessPoint))
	askBy(&l.accessPointReports, &l.accessPoints, r.whitelistReports)
	ask(&l.roleUserCount, &l.roles, r.store.UserCountByRole)
	ask(&l.accessPointManageable, &l.accessPoints, r.manageableAccessPoints)
	ask(&l.accessPointUserCount, &l.accessPoints, r.store.UserCountByAccessPoint)
	ask(&l.accessPointWhitelists, &l.accessPoints, noting(&l.whitelists, r.store.WhitelistsByAccessPoint))
	ask(&l.whitelistUserCount, &l.whitelists, r.store.UserCountByWhitelist)
	ask(&l.whitelistEntries, &l.whitelists, r.entriesByWhitelist)
	ask(&l.whitelistAccessPoints, &l.whitelists, noting(&l.accessPoints, r.store.AccessPointsByWhitelist))
	ask(&l.keyAccessPoints, &l.keys, noting(&l.accessPoints, r.store.AccessPointsByAPIKey))
	ask(&l.keyWhitelists, &l.keys, noting(&l.whitelists, r.store.WhitelistsByAPIKey))
	ask(&l.keyReplacedBy, &l.keys, r.visibleKeys(l, r.accounts.APIKeysReplacing))

	l.userLock = loader[db.User, db.Time]{about: &l.users, fetch: r.locksOf}
	l.userCreator = follow(&l.users, func(u *db.User) typeid.ID { return u.CreatedBy }, r.visibleUsers(l))
	l.eventActor = follow(&l.events, func(e *db.AuditEvent) typeid.ID { return e.ActorID }, r.visibleUsers(l))
	l.eventTarget = follow(&l.events, func(e *db.AuditEvent) typeid.ID { return e.TargetID }, r.findNodes)
	l.eventKey = follow(&l.events, func(e *db.AuditEvent) typeid.ID { return e.APIKeyID }, r.visibleKeys(l, r.accounts.APIKeysByID))
	l.keyUser = follow(&l.keys, func(k *db.APIKey) typeid.ID { return k.UserID }, r.usersOfKeys(l))
	l.keyCreator = follow(&l.keys, func(k *db.APIKey) typeid.ID { return k.CreatedBy }, r.visibleUsers(l))
	ask(&l.userUndelivered, &l.users, r.undeliveredMails(l))
	l.mailUser = follow(&l.mails, func(m *db.Mail) typeid.ID { return m.UserID }, r.visibleUsers(l))
	l.sessionAccessPoint = follow(&l.sessions, func(s *db.Session) typeid.ID { return s.AccessPointID }, r.accessPointsOfSessions(l))
	l.keyReplaces = follow(&l.keys, func(k *db.APIKey) typeid.ID { return k.ReplacesID }, r.visibleKeys(l, r.accounts.APIKeysByID))
	return l
}

// ask makes a loader of a question that takes IDs.
func ask[T, V any](l *loader[T, V], about *noted[T], fetch func(context.Context, []typeid.ID) (map[typeid.ID]V, error)) {
	l.about = about
	l.fetch = func(ctx context.Context, rows []*T) (map[typeid.ID]V, error) {
		ids := make([]typeid.ID, len(rows))
		for i, row := range rows {
			ids[i] = about.id(row)
		}
		return fetch(ctx, ids)
	}
}

// askBy makes the loaders of a question with an argument.
func askBy[T any, A comparable, V any](l *loadersBy[T, A, V], about *noted[T], fetch func(context.Context, []typeid.ID, A) (map[typeid.ID]V, error)) {
	l.make = func(argument A, made *loader[T, V]) {
		ask(made, about, func(ctx context.Context, ids []typeid.ID) (map[typeid.ID]V, error) { return fetch(ctx, ids, argument) })
	}
}

// viewing asks for the viewer.
func viewing[V any](fetch func(context.Context, *access.Viewer, []typeid.ID) (V, error)) func(context.Context, []typeid.ID) (V, error) {
	return func(ctx context.Context, ids []typeid.ID) (V, error) { return fetch(ctx, viewerOf(ctx), ids) }
}

func (r *Resolver) whitelistReports(ctx context.Context, ids []typeid.ID, days int) (map[typeid.ID]*account.WhitelistReport, error) {
	return r.accounts.WhitelistReports(ctx, viewerOf(ctx), ids, days)
}

// noting notes the rows of answers, for the questions about those.
func noting[T any](into *noted[T], fetch func(context.Context, []typeid.ID) (map[typeid.ID][]*T, error)) func(context.Context, []typeid.ID) (map[typeid.ID][]*T, error) {
	return func(ctx context.Context, ids []typeid.ID) (map[typeid.ID][]*T, error) {
		found, err := fetch(ctx, ids)
		for _, id := range ids {
			into.note(found[id]...)
		}
		return found, err
	}
}

// follow makes a loader of what rows point to by an ID.
func follow[T, V any](about *noted[T], pointer func(*T) typeid.ID, fetch func(context.Context, []typeid.ID) (map[typeid.ID]V, error)) loader[T, V] {
	return loader[T, V]{about: about, fetch: func(ctx context.Context, rows []*T) (map[typeid.ID]V, error) {
		wanted := make(map[typeid.ID]bool, len(rows))
		for _, row := range rows {
			if id := pointer(row); id != "" {
				wanted[id] = true
			}
		}
		found, err := fetch(ctx, slices.Sorted(maps.Keys(wanted)))
		answers := make(map[typeid.ID]V, len(rows))
		for _, row := range rows {
			answers[about.id(row)] = found[pointer(row)]
		}
		return answers, err
	}}
}

func (r *Resolver) sessionsByUser(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID][]*db.Session, error) {
	return r.store.SessionsByUser(ctx, viewerOf(ctx).Account.Policy, db.At(r.now()), userIDs)
}

func (r *Resolver) manageableAccessPoints(ctx context.Context, ids []typeid.ID) (map[typeid.ID]bool, error) {
	return r.accounts.ManageableAccessPoints(ctx, r.store.Reader, viewerOf(ctx), ids)
}

// accessPointsOfSessions reads where sessions are signed in, which every viewer who may see a session may see.
func (r *Resolver) accessPointsOfSessions(l *loaders) func(context.Context, []typeid.ID) (map[typeid.ID]*db.AccessPoint, error) {
	return func(ctx context.Context, ids []typeid.ID) (map[typeid.ID]*db.AccessPoint, error) {
		found, err := r.store.AccessPointsByID(ctx, viewerOf(ctx).Account.ID, ids)
		for _, id := range ids {
			if point := found[id]; point != nil {
				l.accessPoints.note(point)
			}
		}
		return found, err
	}
}

// locksOf reads until when signing in to users by password is refused.
func (r *Resolver) locksOf(ctx context.Context, users []*db.User) (map[typeid.ID]db.Time, error) {
	handle, now := viewerOf(ctx).Account.Handle, db.At(r.now())
	keys := make([]string, len(users))
	for i, user := range users {
		keys[i] = db.NameThrottle(handle, user.LoginName)
	}
	throttles, err := r.store.ThrottlesByKey(ctx, keys)
	locks := make(map[typeid.ID]db.Time)
	for i, user := range users {
		if row := throttles[keys[i]]; row != nil && row.Until > now && !throttle.Implausible(row.Until, now) {
			locks[user.ID] = row.Until
		}
	}
	return locks, err
}

// visibleUsers reads those of the users that the viewer may see.
func (r *Resolver) visibleUsers(l *loaders) func(context.Context, []typeid.ID) (map[typeid.ID]*db.User, error) {
	return func(ctx context.Context, ids []typeid.ID) (map[typeid.ID]*db.User, error) {
		viewer := viewerOf(ctx)
		ids = slices.DeleteFunc(ids, func(id typeid.ID) bool { return maySeeUser(viewer, id) != nil })
		found, err := r.store.UsersByID(ctx, viewer.Account.ID, ids)
		l.users.note(slices.Collect(maps.Values(found))...)
		return found, err
	}
}

// usersOfKeys reads whose keys those are that the viewer sees. What is shown of users without VIEW_USER is narrowed.
func (r *Resolver) usersOfKeys(l *loaders) func(context.Context, []typeid.ID) (map[typeid.ID]*db.User, error) {
	return func(ctx context.Context, ids []typeid.ID) (map[typeid.ID]*db.User, error) {
		found, err := r.store.UsersByID(ctx, viewerOf(ctx).Account.ID, ids)
		l.users.note(slices.Collect(maps.Values(found))...)
		return found, err
	}
}

// visibleKeys reads keys that the viewer may see, and notes them.
func (r *Resolver) visibleKeys(l *loaders, read func(context.Context, *access.Viewer, []typeid.ID) (map[typeid.ID]*db.APIKey, error)) func(context.Context, []typeid.ID) (map[typeid.ID]*db.APIKey, error) {
	return func(ctx context.Context, ids []typeid.ID) (map[typeid.ID]*db.APIKey, error) {
		if len(ids) == 0 {
			return nil, nil
		}
		found, err := read(ctx, viewerOf(ctx), ids)
		l.keys.note(slices.Collect(maps.Values(found))...)
		return found, err
	}
}

// undeliveredMails reads which mails did not reach users, and notes them.
func (r *Resolver) undeliveredMails(l *loaders) func(context.Context, []typeid.ID) (map[typeid.ID]*db.Mail, error) {
	return func(ctx context.Context, userIDs []typeid.ID) (map[typeid.ID]*db.Mail, error) {
		found, err := r.accounts.UndeliveredMails(ctx, viewerOf(ctx), userIDs)
		l.mails.note(slices.Collect(maps.Values(found))...)
		return found, err
	}
}

// maySeeUser asks whether the viewer may see a user: in person themselves always.
func maySeeUser(viewer *access.Viewer, id typeid.ID) error {
	if viewer.Is(id) {
		return viewer.RequireEnrolled()
	}
	return viewer.Require(access.ViewUser)
}
