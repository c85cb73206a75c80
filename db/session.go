package db

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Assurance is what a session has shown of its user.
type Assurance string

const (
	ByPassword        Assurance = "PASSWORD"
	EnrolmentRequired Assurance = "ENROLMENT_REQUIRED" // may do nothing but enrol a second factor and sign out
	ByMFA             Assurance = "MFA"
	ByKey             Assurance = "API_KEY" // no session at all; never stored
)

// Session is a client with a cookie that is signed in. It ends by deletion.
type Session struct {
	bun.BaseModel `bun:"table:sessions,alias:s"`

	ID         typeid.ID `bun:",pk"`
	TokenHash  []byte    // SHA-256 of the cookie's value, which is stored nowhere
	AccountID  typeid.ID
	UserID     typeid.ID
	Assurance  Assurance
	CreatedAt  Time
	LastSeenAt Time // written at most once a minute
	// ExpiresAt is the absolute end by the policy of when it began; a session that was read has the one of now.
	ExpiresAt Time
	ProvenAt  Time // the last proof, for step-up
	IP        string
	UserAgent string // cut to 255 characters

	// AccessPointID is set where it stands for an [AccessPointSession] in a list.
	AccessPointID typeid.ID `bun:"-"`
}

// Live says whether a session has neither been idle too long nor reached its absolute end, by a policy. One that began further
// ahead than it may last began by a clock that has been put back: it must not live for as long as that was ahead.
func (s *Session) Live(policy AccountPolicy, now Time) bool {
	return now < policy.SessionEnd(s.CreatedAt) && s.CreatedAt < now.Add(policy.sessionMax()) && now < s.LastSeenAt.Add(policy.sessionIdle())
}

// SessionEnd is the absolute end of a session that began at a time.
func (p AccountPolicy) SessionEnd(began Time) Time { return began.Add(p.sessionMax()) }

func (p AccountPolicy) sessionMax() time.Duration {
	return time.Duration(p.SessionMaxHours) * time.Hour
}
func (p AccountPolicy) sessionIdle() time.Duration {
	return time.Duration(p.SessionIdleMinutes) * time.Minute
}

// longestIdle is the most that a policy can allow: past it no session lives.
const longestIdle = 24 * time.Hour

// SessionByToken finds a session by the hash of its token, with its user and account, in one statement. It may have
// ended: ask [Session.Live].
func (r Reader) SessionByToken(ctx context.Context, tokenHash []byte) (*Session, *User, *Account, error) {
	session, user, account, err := readWithUser[Session](ctx, r, "s", "token_hash", tokenHash)
	if err != nil {
		return nil, nil, nil, err
	}
	session.ExpiresAt = account.Policy.SessionEnd(session.CreatedAt)
	return session, user, account, nil
}

// readWithUser reads what a user comes in with, by the hash of its secret, with the user and the account.
func readWithUser[T any](ctx context.Context, r Reader, alias, column string, hash []byte) (found *T, user *User, account *Account, err error) {
	user, account = new(User), new(Account)
	s, users, accounts, rows := r.statement(), shapeOf[User](r), shapeOf[Account](r), shapeOf[T](r)
	text := "SELECT " + users.list("u") + ", " + accounts.list("a") + ", " + rows.list(alias) + " FROM " + rows.table + " AS " + alias +
		" JOIN users AS u ON u.id = " + alias + ".user_id JOIN accounts AS a ON a.id = " + alias + ".account_id WHERE " + alias + "." + column + " = " + s.arg(hash)
	err = readRows(ctx, r, s, text, accounts.into(users.into(nil, user), account), func(row *T) { found = row })
	if err == nil && found == nil {
		err = ErrNotFound
	}
	return found, user, account, err
}

// SessionByID finds a session of an account at Gatehouse. It may have ended.
func (r Reader) SessionByID(ctx context.Context, accountID, id typeid.ID) (*Session, error) {
	return scanOne[Session](ctx, r, "s", accountID, id)
}

// AnySessionByID finds a session of an account, those at access points included, as lists show it. It may have ended.
func (r Reader) AnySessionByID(ctx context.Context, accountID, id typeid.ID) (*Session, error) {
	found, err := r.sessions(ctx, "account_id = ? AND %s.id = ?", accountID, id)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, ErrNotFound
	}
	return &found[0].Session, nil
}

// SessionsByID finds those of the sessions that are live and an account's, those at access points included.
func (r Reader) SessionsByID(ctx context.Context, account *Account, now Time, ids []typeid.ID) (map[typeid.ID]*Session, error) {
	live := make(map[typeid.ID]*Session, len(ids))
	if len(ids) == 0 {
		return live, nil
	}
	found, err := r.sessions(ctx, "account_id = ? AND %s.id IN (?)", account.ID, bun.List(ids))
	for _, session := range found {
		if session.live(account.Policy, now) {
			live[session.ID] = &session.Session
		}
	}
	return live, err
}

// SessionsByUser returns the live sessions of users who all belong to the account of a policy, those at access points included,
// the newest first.
func (r Reader) SessionsByUser(ctx context.Context, policy AccountPolicy, now Time, userIDs []typeid.ID) (map[typeid.ID][]*Session, error) {
	byUser := make(map[typeid.ID][]*Session, len(userIDs))
	if len(userIDs) == 0 {
		return byUser, nil
	}
	found, err := r.sessions(ctx, "user_id IN (?)", bun.List(userIDs))
	for _, session := range found {
		if session.live(policy, now) {
			byUser[session.UserID] = append(byUser[session.UserID], &session.Session)
		}
	}
	return byUser, err
}

// listedSession is a session of either kind, with the times by which it lives: those of the session at Gatehouse.
type listedSession struct {
	Session `bun:",extend"`

	At         typeid.ID // the access point
	FromBegan  Time
	FromSeenAt Time
}

// live says whether a session lives, and writes when it ends and where it is good.
func (s *listedSession) live(policy AccountPolicy, now Time) bool {
	from := Session{CreatedAt: s.FromBegan, LastSeenAt: s.FromSeenAt}
	s.ExpiresAt = policy.SessionEnd(s.FromBegan)
	return from.Live(policy, now)
}

// sessions reads sessions of both kinds, the newest first. In the condition %s is the table. A session at an access point has shown
// what the session has shown that it came from.
func (r Reader) sessions(ctx context.Context, condition string, arguments ...any) ([]*listedSession, error) {
	var found []*listedSession
	where := func(table string) string { return table + "." + strings.ReplaceAll(condition, "%s", table) }
	err := r.idb.NewRaw(`SELECT s.id, s.account_id, s.user_id, s.assurance, s.created_at, s.last_seen_at, s.proven_at, s.ip, s.user_agent,
		'' AS at, s.created_at AS from_began, s.last_seen_at AS from_seen_at FROM sessions AS s WHERE `+where("s")+`
		UNION ALL SELECT aps.id, aps.account_id, aps.user_id, s.assurance, aps.created_at, aps.last_seen_at, s.proven_at, aps.ip, aps.user_agent,
		aps.access_point_id, s.created_at, s.last_seen_at FROM access_point_sessions AS aps JOIN sessions AS s ON s.id = aps.session_id
		WHERE `+where("aps")+` ORDER BY id DESC`, append(slices.Clone(arguments), arguments...)...).Scan(ctx, &found)
	for _, session := range found {
		session.AccessPointID = session.At
	}
	return found, translate(err)
}

// CreateSession adds a session and ends the oldest of its user, so that no more than keep remain, those at access points included.
func (tx *Tx) CreateSession(ctx context.Context, session *Session, keep int) error {
	if _, err := tx.idb.NewInsert().Model(session).Exec(ctx); err != nil {
		return translate(err)
	}
	return tx.endOldestSessions(ctx, session.UserID, keep, session.ID)
}

// RaiseSession writes what a session has shown under a new token. ErrNotFound: the token that it had is no longer its
// own, because it has ended or was raised by another request.
func (tx *Tx) RaiseSession(ctx context.Context, session *Session, tokenHash []byte) error {
	return affected(tx.idb.NewUpdate().Model(session).
		Set("token_hash = ?", tokenHash).Column("assurance", "proven_at", "last_seen_at").
		WherePK().Where("token_hash = ?", session.TokenHash).Exec(ctx))
}

// LowerSessions makes sessions by second factor sessions by password, when the user has removed the last factor.
func (tx *Tx) LowerSessions(ctx context.Context, userID typeid.ID) error {
	_, err := tx.idb.NewUpdate().Model((*Session)(nil)).Set("assurance = ?", ByPassword).
		Where("user_id = ?", userID).Where("assurance = ?", ByMFA).Exec(ctx)
	return translate(err)
}

// SeenAhead is how far ahead a session may have been seen last by another instance's clock. Further ahead, the clock has been put
// back since.
const SeenAhead = time.Hour

// SeeSession writes when a session, perhaps at an access point, was last seen.
func (tx *Tx) SeeSession(ctx context.Context, id typeid.ID, at Time) error {
	for _, model := range []any{(*Session)(nil), (*AccessPointSession)(nil)} {
		_, err := tx.idb.NewUpdate().Model(model).Set("last_seen_at = ?", at).
			Where("id = ?", id).Where("(last_seen_at < ? OR last_seen_at > ?)", at, at.Add(SeenAhead)).Exec(ctx)
		if err != nil {
			return translate(err)
		}
	}
	return nil
}

// DeleteSession ends a session, perhaps at an access point. ErrNotFound: it had ended.
func (tx *Tx) DeleteSession(ctx context.Context, id typeid.ID) error {
	err := affected(tx.idb.NewDelete().Model((*Session)(nil)).Where("id = ?", id).Exec(ctx))
	if errors.Is(err, ErrNotFound) {
		err = affected(tx.idb.NewDelete().Model((*AccessPointSession)(nil)).Where("id = ?", id).Exec(ctx))
	}
	return err
}

// DeleteSessionByToken ends the session whose token has the hash, if there is one.
func (tx *Tx) DeleteSessionByToken(ctx context.Context, tokenHash []byte) error {
	_, err := tx.idb.NewDelete().Model((*Session)(nil)).Where("token_hash = ?", tokenHash).Exec(ctx)
	return translate(err)
}

// DeleteSessionsOf ends the sessions of a user but for one; none is kept when it is empty. All at access points end, those that came
// from the kept one included.
func (tx *Tx) DeleteSessionsOf(ctx context.Context, userID, keep typeid.ID) error {
	if _, err := tx.idb.NewDelete().Model((*AccessPointSession)(nil)).Where("user_id = ?", userID).Exec(ctx); err != nil {
		return translate(err)
	}
	_, err := tx.idb.NewDelete().Model((*Session)(nil)).Where("user_id = ?", userID).Where("id <> ?", keep).Exec(ctx)
	return translate(err)
}

// EndAccess ends everything by which a user, or somebody else as that user, could still come in: sessions but for one (none is
// kept when it is empty) with those at access points, known devices, links, and what was begun. It is what a new password, a
// reset of factors, a first factor and deactivation mean (product rule 5). API keys are not ended: what they may do is worked
// out from the user at each request.
func (tx *Tx) EndAccess(ctx context.Context, userID, keepSession typeid.ID) error {
	for _, end := range []func() error{
		func() error { return tx.DeleteChallengesOf(ctx, userID) },
		func() error { return tx.DeleteSessionsOf(ctx, userID, keepSession) },
		func() error { return tx.DeleteDevicesOf(ctx, userID) },
		func() error { return tx.DeleteLinksOf(ctx, userID) },
	} {
		if err := end(); err != nil {
			return err
		}
	}
	return nil
}

// SweepSessions deletes those that have ended by any policy.
func (d *DB) SweepSessions(ctx context.Context, now Time) error {
	return d.sweep(ctx, (*Session)(nil), "expires_at <= ? AND last_seen_at <= ?", now, now.Add(-longestIdle))
}

// Device is a browser that has signed in to a user before: it passes a lock of that user.
type Device struct {
	bun.BaseModel `bun:"table:devices,alias:device"`

	TokenHash  []byte `bun:",pk"` // SHA-256 of the device cookie's value
	UserID     typeid.ID
	CreatedAt  Time
	LastUsedAt Time
}

// HasDevice says whether a user has signed in with a device since a time.
func (r Reader) HasDevice(ctx context.Context, userID typeid.ID, tokenHash []byte, since Time) (bool, error) {
	found, err := r.idb.NewSelect().Model((*Device)(nil)).
		Where("token_hash = ?", tokenHash).Where("user_id = ?", userID).Where("last_used_at > ?", since).Exists(ctx)
	return found, translate(err)
}

// ReplaceDevice adds a device in place of the one with the old hash, if the user has that, and forgets those that were
// used longest ago, so that no more than keep remain.
func (tx *Tx) ReplaceDevice(ctx context.Context, device *Device, oldHash []byte, keep int) error {
	_, err := tx.idb.NewDelete().Model((*Device)(nil)).Where("user_id = ?", device.UserID).Where("token_hash = ?", oldHash).Exec(ctx)
	if err != nil {
		return translate(err)
	}
	if _, err := tx.idb.NewInsert().Model(device).Exec(ctx); err != nil {
		return translate(err)
	}
	newest := tx.idb.NewSelect().Model((*Device)(nil)).Column("token_hash").
		Where("user_id = ?", device.UserID).Order("last_used_at DESC").Limit(int64(keep))
	_, err = tx.idb.NewDelete().Model((*Device)(nil)).Where("user_id = ?", device.UserID).Where("token_hash NOT IN (?)", newest).Exec(ctx)
	return translate(err)
}

// DeleteDevicesOf forgets the devices of a user.
func (tx *Tx) DeleteDevicesOf(ctx context.Context, userID typeid.ID) error {
	_, err := tx.idb.NewDelete().Model((*Device)(nil)).Where("user_id = ?", userID).Exec(ctx)
	return translate(err)
}

// SweepDevices forgets the devices that have not been used since a time.
func (d *DB) SweepDevices(ctx context.Context, since Time) error {
	return d.sweep(ctx, (*Device)(nil), "last_used_at <= ?", since)
}
