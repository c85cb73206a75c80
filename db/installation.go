package db

import (
	"context"
	"errors"

	"github.com/uptrace/bun"
)

// installationValue is something that holds for the installation and all of its servers.
type installationValue struct {
	bun.BaseModel `bun:"table:installation,alias:installation"`

	Name  string `bun:",pk"`
	Value string
}

const publicURLName = "public_url"

// PublicURL returns what [Tx.SetPublicURL] has written, empty before that.
func (r Reader) PublicURL(ctx context.Context) (string, error) {
	row := new(installationValue)
	err := translate(r.idb.NewSelect().Model(row).Where("name = ?", publicURLName).Scan(ctx))
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return row.Value, err
}

// SetPublicURL stores the address at which visitors see the server, for commands that make links and are not given --public-url.
func (tx *Tx) SetPublicURL(ctx context.Context, address string) error {
	_, err := tx.idb.NewInsert().Model(&installationValue{Name: publicURLName, Value: address}).
		On("CONFLICT (name) DO UPDATE").Set("value = EXCLUDED.value").Exec(ctx)
	return translate(err)
}
