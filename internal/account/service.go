// Package account holds who exists and what they hold: users, roles, access points, whitelists and the account itself.
//
// Every operation of a viewer goes the same way: it asks for the permission, opens one transaction, waits there for
// other changes of the account, reads again what it decides by, changes, records the audit event and queues the mail. An
// attempt that is refused leaves an event of its own.
package account

import (
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/password"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// Config is what the service works with.
type Config struct {
	Store     *db.DB
	Catalogue *access.Catalogue
	Passwords *password.Hasher
	Keys      *secret.Keys
	Mail      *mail.Composer
	Now       func() time.Time
}

// Service is safe for concurrent use.
type Service struct {
	store     *db.DB
	catalogue *access.Catalogue
	passwords *password.Hasher
	keys      *secret.Keys
	mail      *mail.Composer
	now       func() time.Time
}

// New makes a service. Everything of the configuration must be given.
func New(config Config) *Service {
	return &Service{
		store:     config.Store,
		catalogue: config.Catalogue,
		passwords: config.Passwords,
		keys:      config.Keys,
		mail:      config.Mail,
		now:       config.Now,
	}
}
