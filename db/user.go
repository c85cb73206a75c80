package db

import (
	"context"
	"strings"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/text"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// UserKind tells people from programs.
type UserKind string

const (
	Personal UserKind = "PERSONAL"
	API      UserKind = "API"
)

// UserStatus says whether a user can come in at all.
type UserStatus string

const (
	Invited     UserStatus = "INVITED" // has not set a password yet
	Active      UserStatus = "ACTIVE"
	Deactivated UserStatus = "DEACTIVATED"
)

// Language is a language of the page and of mails.
type Language string

const (
	English Language = "EN"
	Dutch   Language = "NL"
	German  Language = "DE"
	French  Language = "FR"
	Spanish Language = "ES"
)

// User is somebody or something that comes in.
type User struct {
	bun.BaseModel `bun:"table:users,alias:u"`

	ID        typeid.ID `bun:",pk"`
	AccountID typeid.ID
	Kind      UserKind
	LoginName string
	LoginKey  string // text.Key of LoginName, unique in the account
	Name      string
	NameKey   string // text.SortKey of Name
	Email     string
	EmailKey  string // of Email, see fold; unique in the account
	EmailSort string // text.SortKey of Email
	Search    string // text.Fold of login name, name and email, a line each; of an email with an international domain in both spellings
	Language  Language
	Status    UserStatus
	// PasswordHash is a PHC string, empty when no password was ever set. An API user has none.
	PasswordHash string
	// PasswordVersion rises with each new password, and not when the same one is hashed again.
	PasswordVersion int64
	MFAForced       bool `bun:"mfa_forced"` // the user's own flag; the account's policy may force it all the same
	// WhitelistsReportOnly has the user's own whitelists refuse nobody, but report whom they would have refused.
	WhitelistsReportOnly bool
	LastSignInAt         Time // zero: never
	CreatedAt            Time
	CreatedBy            typeid.ID `bun:",nullzero"` // null: by the system
	UpdatedAt            Time
	Revision             int
}

// fold fills the columns that are compared and searched from those that people see.
func (u *User) fold() {
	u.LoginKey, u.NameKey, u.EmailSort, u.EmailKey = text.Key(u.LoginName), text.SortKey(u.Name), text.SortKey(u.Email), text.EmailKey(u.Email)
	u.Search = strings.Join([]string{text.Fold(u.LoginName), text.Fold(u.Name), text.EmailSearch(u.Email)}, "\n")
	if u.Kind == API { // may share the address of the person who answers for it
		u.EmailKey += sharedEmail + string(u.ID)
	}
}

// sharedEmail separates the address from the ID in the key of a user that may share it. No address has it.
const sharedEmail = "\n"

// UserLookup names a user by one of the ways; the others are nil.
type UserLookup struct {
	ID               *typeid.ID
	LoginName, Email *string // without regard to case
}

// UserByID finds a user of an account.
func (r Reader) UserByID(ctx context.Context, accountID, id typeid.ID) (*User, error) {
	return scanOne[User](ctx, r, "u", accountID, id)
}

// UserByLoginName finds a user of an account without regard to case.
func (r Reader) UserByLoginName(ctx context.Context, accountID typeid.ID, loginName string) (*User, error) {
	return r.userBy(ctx, accountID, "u.login_key", text.Key(loginName))
}

// UserByEmail finds the personal user of an account with an address, regardless of case and of how its domain is written.
func (r Reader) UserByEmail(ctx context.Context, accountID typeid.ID, email string) (*User, error) {
	return r.userBy(ctx, accountID, "u.email_key", text.EmailKey(email))
}

func (r Reader) userBy(ctx context.Context, accountID typeid.ID, column, value string) (*User, error) {
	if len(storable(value)) == 0 {
		return nil, ErrNotFound
	}
	s := r.statement()
	return readRow[User](ctx, r, s, selectFrom[User](r, "u")+" WHERE u.account_id = "+s.arg(string(accountID))+" AND "+column+" = "+s.arg(value))
}

// UsersByID finds those of the users that the account has.
func (r Reader) UsersByID(ctx context.Context, accountID typeid.ID, ids []typeid.ID) (map[typeid.ID]*User, error) {
	return scanByID(ctx, r, "u", accountID, ids, func(user *User) typeid.ID { return user.ID })
}

// TakenByOthers says which of a user's login name and email another user of the account has, without regard to case. An email
// is taken only between personal users.
func (r Reader) TakenByOthers(ctx context.Context, user *User) (loginName, email bool, err error) {
	var others []*User
	wanted := *user
	wanted.fold()
	err = r.idb.NewSelect().Model(&others).Column("login_key", "email_key").
		Where("u.account_id = ?", user.AccountID).Where("u.id <> ?", user.ID).
		Where("(u.login_key IN (?) OR u.email_key IN (?))", bun.List(storable(wanted.LoginKey)), bun.List(storable(wanted.EmailKey))).
		Scan(ctx)
	for _, other := range others {
		loginName = loginName || other.LoginKey == wanted.LoginKey
		email = email || other.EmailKey == wanted.EmailKey
	}
	return loginName, email, translate(err)
}

// TakenLoginNames returns those of the login names that the account has, as [text.Key] writes them.
func (r Reader) TakenLoginNames(ctx context.Context, accountID typeid.ID, loginNames []string) ([]string, error) {
	keys := make([]string, len(loginNames))
	for i, name := range loginNames {
		keys[i] = text.Key(name)
	}
	var taken []string
	err := r.idb.NewSelect().Model((*User)(nil)).Column("login_key").
		Where("u.account_id = ?", accountID).Where("u.login_key IN (?)", bun.List(keys)).Scan(ctx, &taken)
	return taken, translate(err)
}

// HasAdministrator says whether somebody could sign in and put everything right: an ACTIVE PERSONAL user with the role
// admin and the access point WEB (product rule 3).
func (r Reader) HasAdministrator(ctx context.Context, accountID typeid.ID) (bool, error) {
	query := r.idb.NewSelect().TableExpr("roles").
		Join("JOIN user_roles ON user_roles.role_id = roles.id").
		Join("JOIN users ON users.id = user_roles.user_id").
		Join("JOIN user_access_points ON user_access_points.user_id = users.id").
		Join("JOIN access_points ON access_points.id = user_access_points.access_point_id").
		Where("roles.account_id = ?", accountID).Where("roles.kind = ?", AdminRole).
		Where("users.kind = ?", Personal).Where("users.status = ?", Active).Where("access_points.code = ?", Web)
	found, err := query.Exists(ctx)
	return found, translate(err)
}

// CreateUser adds a user and counts it. A taken login name or email is a [ConflictError] on "login_key" or "email_key".
func (tx *Tx) CreateUser(ctx context.Context, user *User) error {
	user.fold()
	tx.created(user.ID)
	if _, err := tx.idb.NewInsert().Model(user).Exec(ctx); err != nil {
		return translate(err)
	}
	_, err := tx.idb.NewUpdate().Model((*Account)(nil)).Set("user_count = user_count + 1").Where("id = ?", user.AccountID).Exec(ctx)
	return translate(err)
}

// UpdateUser writes what administrators and the user change, password and last sign-in not included: others write
// those at the same time. Conflicts are those of [Tx.CreateUser].
func (tx *Tx) UpdateUser(ctx context.Context, user *User) error {
	user.fold()
	tx.changed(user.ID)
	return affected(tx.idb.NewUpdate().Model(user).
		Column("login_name", "login_key", "name", "name_key", "email", "email_key", "email_sort", "search", "language", "status", "mfa_forced", "whitelists_report_only", "updated_at", "revision").
		WherePK().Where("account_id = ?", user.AccountID).Exec(ctx))
}

// SetPassword stores the hash of a user's new password, and ends what the old one had opened: see [Tx.EndAccess].
func (tx *Tx) SetPassword(ctx context.Context, user *User, keepSession typeid.ID) error {
	err := affected(tx.idb.NewUpdate().Model((*User)(nil)).Set("password_hash = ?", user.PasswordHash).
		Set("password_version = password_version + 1").Where("id = ?", user.ID).Exec(ctx))
	if err != nil {
		return err
	}
	user.PasswordVersion++
	return tx.EndAccess(ctx, user.ID, keepSession)
}

// SetUserRoles makes the given roles all that a user has.
func (tx *Tx) SetUserRoles(ctx context.Context, userID typeid.ID, roleIDs []typeid.ID) error {
	return replaceRows(ctx, tx, "user_id", userID, roleIDs, func(id typeid.ID) UserRole { return UserRole{UserID: userID, RoleID: id} })
}

// SetUserAccessPoints makes the given access points all that a user may come through.
func (tx *Tx) SetUserAccessPoints(ctx context.Context, userID typeid.ID, accessPointIDs []typeid.ID) error {
	return replaceRows(ctx, tx, "user_id", userID, accessPointIDs, func(id typeid.ID) UserAccessPoint {
		return UserAccessPoint{UserID: userID, AccessPointID: id}
	})
}

// SetUserWhitelists makes the given whitelists all that are asked of a user; with none it may come from anywhere.
func (tx *Tx) SetUserWhitelists(ctx context.Context, userID typeid.ID, whitelistIDs []typeid.ID) error {
	return replaceRows(ctx, tx, "user_id", userID, whitelistIDs, func(id typeid.ID) UserWhitelist {
		return UserWhitelist{UserID: userID, WhitelistID: id}
	})
}
