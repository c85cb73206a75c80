package db

import (
	"context"

	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Account is one customer organisation. Everything but links of an empty database belongs to one.
type Account struct {
	bun.BaseModel `bun:"table:accounts,alias:account"`

	ID     typeid.ID `bun:",pk"`
	Handle string    // unique, lower case
	Name   string
	// Revision rises with every change of the name; the policy has one of its own.
	Revision  int
	Policy    AccountPolicy `bun:"embed:"`
	UserCount int           // kept by the writes of users, deactivated ones included
	CreatedAt Time
	UpdatedAt Time
}

// AccountPolicy is what an account asks of all its users.
type AccountPolicy struct {
	MFAForced             bool `bun:"mfa_forced"`
	PasswordMinLength     int  // characters, at least 12
	APIKeyMaxLifetimeDays int  `bun:"api_key_max_lifetime_days"` // zero: keys may live for ever
	SessionIdleMinutes    int
	SessionMaxHours       int
	Revision              int `bun:"policy_revision"`
}

// CreateAccount adds an account. A taken handle is a [ConflictError] on "handle".
func (tx *Tx) CreateAccount(ctx context.Context, account *Account) error {
	tx.created(account.ID)
	_, err := tx.idb.NewInsert().Model(account).Exec(ctx)
	return translate(err)
}

// AccountByHandle finds an account by its handle in lower case.
func (r Reader) AccountByHandle(ctx context.Context, handle string) (*Account, error) {
	return r.accountBy(ctx, "handle", handle)
}

// AccountByID finds an account.
func (r Reader) AccountByID(ctx context.Context, id typeid.ID) (*Account, error) {
	return r.accountBy(ctx, "id", string(id))
}

func (r Reader) accountBy(ctx context.Context, column, value string) (*Account, error) {
	s := r.statement()
	return readRow[Account](ctx, r, s, selectFrom[Account](r, "a")+" WHERE a."+column+" = "+s.arg(value))
}

// Accounts returns every account, by handle.
func (r Reader) Accounts(ctx context.Context) ([]*Account, error) {
	var accounts []*Account
	err := r.idb.NewSelect().Model(&accounts).Order("handle").Scan(ctx)
	return accounts, translate(err)
}

// HasAccount says whether there is any account.
func (r Reader) HasAccount(ctx context.Context) (bool, error) {
	found, err := r.idb.NewSelect().Model((*Account)(nil)).Exists(ctx)
	return found, translate(err)
}

// UpdateAccount writes name and policy with their revisions.
func (tx *Tx) UpdateAccount(ctx context.Context, account *Account) error {
	tx.changed(account.ID)
	return affected(tx.idb.NewUpdate().Model(account).
		Column("name", "revision", "mfa_forced", "password_min_length", "api_key_max_lifetime_days", "session_idle_minutes", "session_max_hours", "policy_revision", "updated_at").
		WherePK().Exec(ctx))
}

// DeleteSetUpLinks kills the links that would create the first account.
func (tx *Tx) DeleteSetUpLinks(ctx context.Context) error {
	_, err := tx.idb.NewDelete().Model((*Link)(nil)).Where("purpose = ?", SetUpLink).Exec(ctx)
	return translate(err)
}
