package account

import (
	"context"
	"net/netip"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// demoKey is an API key of the demonstration. Days are counted back from the present.
type demoKey struct {
	login, description string
	created            int
	points             []string
	codes              []string // nil: not restricted
	expires            int      // days from the present, before it if negative; 0: never
	rotated, revoked   int      // 0: it was not
	used               time.Duration
	ip                 string // where it was last used from; empty: never used
}

// demoKeys has keys in every state.
var demoKeys = []demoKey{
	{"whmcs-billing", "WHMCS production", 114, []string{"API", "ISPROXY"}, nil, 0, 0, 0, 3 * time.Minute, "203.0.113.4"},
	{"whmcs-billing", "WHMCS staging", 80, []string{"API"}, []string{"VIEW_DOMAIN", "VIEW_CONTACT", "VIEW_PRICE_LIST"}, 9, 0, 0, 50 * time.Hour, "203.0.113.5"},
	{"dns-sync", "Zone synchronisation", 111, []string{"API"}, nil, 0, 20, 0, time.Minute, "203.0.113.6"},
	{"zone-backup", "Nightly backup", 92, []string{"API"}, []string{"VIEW_DNS_ZONE"}, -32, 0, 0, 33 * 24 * time.Hour, "203.0.113.7"},
	{"old-deploy", "Jenkins", 100, []string{"API"}, nil, 0, 0, 31, 33 * 24 * time.Hour, "198.51.100.60"},
	{"cert-renewal", "ACME client", 59, []string{"API"}, []string{"VIEW_DOMAIN", "VIEW_SSL_CERTIFICATE", "RENEW_SSL_CERTIFICATE"}, 120, 0, 0, 5 * time.Hour, "198.51.100.61"},
	{"proxy-muenster", "Proxy", 44, []string{"ISPROXY"}, nil, 0, 0, 0, 26 * time.Minute, "203.0.113.74"},
	{"status-probe", "Status page", 7, []string{"API"}, nil, 180, 0, 0, 0, ""},
}

// makeKeys creates the keys of applications, with what became of them and when they were last used. Nobody has their text.
func (d *demo) makeKeys(ctx context.Context) error {
	for i, made := range demoKeys {
		d.on(made.created, 15, 20+i)
		viewer, err := d.as(ctx, "sanne")
		if err != nil {
			return err
		}
		input := CreateAPIKeyInput{UserID: d.users[made.login].ID, Description: made.description, AccessPoints: made.points}
		if made.codes != nil {
			input.Permissions = append([]string{}, d.known(demoRole{codes: made.codes})...)
		}
		if made.expires != 0 {
			input.ExpiresAt = new(db.At(d.present.AddDate(0, 0, made.expires)))
		}
		key, _, err := d.CreateAPIKey(ctx, viewer, input)
		if err != nil {
			return err
		}
		if key, err = d.endKey(ctx, made, key); err != nil {
			return err
		}
		if err := d.useKey(ctx, made, key); err != nil {
			return err
		}
	}
	return nil
}

// endKey rotates or revokes a key where that is its story, and returns the key that is used from then on.
func (d *demo) endKey(ctx context.Context, made demoKey, key *db.APIKey) (*db.APIKey, error) {
	if made.rotated == 0 && made.revoked == 0 {
		return key, nil
	}
	d.on(max(made.rotated, made.revoked), 9, 24)
	viewer, err := d.as(ctx, "sanne")
	if err != nil {
		return nil, err
	}
	if made.revoked > 0 {
		return d.RevokeAPIKey(ctx, viewer, key.ID)
	}
	next, _, err := d.RotateAPIKey(ctx, viewer, RotateAPIKeyInput{ID: key.ID})
	return next, err
}

// useKey records the last use of a key as decisions do.
func (d *demo) useKey(ctx context.Context, made demoKey, key *db.APIKey) error {
	if made.ip == "" {
		return nil
	}
	points, err := d.store.AccessPointsByAPIKey(ctx, []typeid.ID{key.ID})
	if err != nil {
		return err
	}
	ip, at := netip.MustParseAddr(made.ip), db.At(d.present.Add(-made.used))
	return d.store.Touch(ctx, func(tx *db.Tx) error {
		if err := tx.UsedAPIKeys(ctx, []*db.KeyUse{{ID: key.ID, LastUsedAt: at, LastUsedIP: made.ip}}); err != nil {
			return err
		}
		_, err := tx.SeeAddresses(ctx, []*db.SeenAddress{{
			UserID: key.UserID, APIKeyID: key.ID, AccessPointID: points[key.ID][0].ID, Prefix: db.Prefix{Prefix: access.Place(ip)},
			FirstAt: key.CreatedAt, LastAt: at,
		}})
		return err
	})
}
