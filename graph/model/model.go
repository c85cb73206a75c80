// Package model holds what GraphQL has beyond the rows of db: pages of lists, payloads, and what stands between.
package model

import "github.com/gatehouse/gatehouse/db"

// MfaStatus is a user's second factors.
type MfaStatus struct {
	User     *db.User
	Required bool
}
