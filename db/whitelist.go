package db

import (
	"github.com/uptrace/bun"

	"github.com/gatehouse/gatehouse/internal/typeid"
)

// Whitelist is a named set of addresses and prefixes, never empty.
type Whitelist struct {
	bun.BaseModel `bun:"table:whitelists,alias:w"`

	ID        typeid.ID `bun:",pk"`
	AccountID typeid.ID
	Name      string
	NameKey   string // text.Key of Name, unique in the account
	Search    string // text.Fold of the name and the entries' notes, a line each
	CreatedAt Time
	UpdatedAt Time
	Revision  int
}

// WhitelistEntry is one prefix of a whitelist.
type WhitelistEntry struct {
	bun.BaseModel `bun:"table:whitelist_entries,alias:e"`

	WhitelistID typeid.ID `bun:",pk"`
	Position    int       `bun:",pk"` // from 0, as given
	Prefix      Prefix    // masked; never an IPv4-mapped IPv6 prefix
	Note        string
	// Lowest and Highest address of the prefix as 32 hexadecimal digits, IPv4 as its IPv4-mapped IPv6 address, so that the
	// database can find the lists that hold an address.
	Lowest, Highest string
}

// UserWhitelist asks a whitelist of a user.
type UserWhitelist struct {
	bun.BaseModel `bun:"table:user_whitelists"`

	UserID      typeid.ID `bun:",pk"`
	WhitelistID typeid.ID `bun:",pk"`
}
