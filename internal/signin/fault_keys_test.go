package signin

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/secret"
	"github.com/gatehouse/gatehouse/internal/typeid"
)

// enrolOn enrols an app on some instance and gives up the recovery codes, which would keep every key.
func (h *house) enrolOn(server *Service, user *db.User) error {
	ctx := h.t.Context()
	step, err := server.SignIn(ctx, from(office), SignInInput{"acme", user.LoginName, rightPassword})
	if err != nil {
		return fmt.Errorf("sign in: %w", err)
	}
	begun, err := server.BeginTOTPEnrolment(ctx, step.Viewer, BeginTOTPEnrolmentInput{Name: "Phone"})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	_, err = server.FinishTOTPEnrolment(ctx, from(office), step.Viewer, FinishTOTPEnrolmentInput{begun.ChallengeToken, app{h, begun.Secret}.code()})
	if err != nil {
		return fmt.Errorf("finish: %w", err)
	}
	return server.store.Touch(ctx, func(tx *db.Tx) error { return tx.SetRecoveryCodes(ctx, user.ID, nil, 0) })
}

// Apps that are enrolled while keys are rotated and dropped open afterwards, every one.
func TestFaultEnrolmentsDuringRotations(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		const workers, users = 3, 6
		file := filepath.Join(t.TempDir(), "secret.key")
		h.Service.keys = h.keysOf(file)
		servers := []*Service{h.Service, h.instance(file), h.instance(file)}
		rotating := h.instance(file)
		var enrolling errgroup.Group
		var all [workers][users]*db.User
		for w := range workers {
			for u := range users {
				all[w][u] = h.user(fmt.Sprintf("user%d-%d", w, u))
			}
			enrolling.Go(func() error {
				for _, user := range all[w] {
					if err := h.enrolOn(servers[w], user); err != nil {
						return err
					}
				}
				return nil
			})
		}
		ended := make(chan error, 1)
		go func() { ended <- enrolling.Wait() }()
		for running := true; running; {
			for what, change := range map[string]func(context.Context) (*KeyReport, error){"rotate": rotating.RotateKeys, "drop-old": rotating.DropOldKeys} {
				if _, err := change(t.Context()); err != nil {
					t.Errorf("%s: %v", what, err)
				}
			}
			select {
			case err := <-ended:
				if running = false; err != nil {
					t.Errorf("an enrolment: %v", err)
				}
			default:
			}
		}
		if report, err := rotating.DropOldKeys(t.Context()); err != nil || len(report.Keys) != 1 {
			t.Errorf("in the end: %+v, %v", report, err)
		}
		for _, group := range all {
			for _, user := range group {
				methods, secrets, err := h.totpSecrets(t.Context(), user.ID)
				if err != nil || len(methods) != 1 || len(secrets[0]) != totpSecretSize {
					t.Errorf("%s: %d apps, %v", user.LoginName, len(methods), err)
				}
			}
		}
	})
}

// A transaction that has sealed something and is not committed yet keeps its key from being dropped; afterwards what it stored
// is sealed anew.
func TestFaultDropWaitsForWhoHasSealed(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		file := filepath.Join(t.TempDir(), "secret.key")
		h.Service.keys = h.keysOf(file)
		user := h.user("jane")
		method := &db.TOTPMethod{Factor: db.Factor{ID: typeid.New("totp"), UserID: user.ID, Name: "Phone"}}
		sealing := h.instance(file)
		held, commit := make(chan struct{}), make(chan struct{})
		var group errgroup.Group
		group.Go(func() error {
			return sealing.store.Touch(t.Context(), func(tx *db.Tx) error {
				key, err := tx.SealingKey(t.Context(), sealing.keys, 1)
				if err != nil {
					return err
				}
				method.Secret = key.Seal([]byte("seed"), methodPlace(method.ID, user.ID)...)
				close(held)
				<-commit
				return tx.CreateFactor(t.Context(), method)
			})
		})
		<-held
		replace := func(ctx context.Context) error {
			if len(h.keys.Names()) == 1 {
				if _, err := h.RotateKeys(ctx); err != nil {
					return err
				}
			}
			_, err := h.DropOldKeys(ctx)
			return err
		}
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := replace(impatient); err == nil {
			t.Error("the key is dropped before what it has sealed is stored")
		}
		close(commit)
		if err := group.Wait(); err != nil {
			t.Fatal(err)
		}
		if err := replace(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, secrets, err := h.totpSecrets(t.Context(), user.ID); err != nil || len(secrets) != 1 || string(secrets[0]) != "seed" || len(h.keys.Names()) != 1 {
			t.Errorf("%q, %v, keys %v", secrets, err, h.keys.Names())
		}
	})
}

// A server whose copy of the key file has only retired keys seals nothing, and says what to do; with the new file it goes on.
func TestFaultServerWithARetiredKey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		folder := t.TempDir()
		file, copied := filepath.Join(folder, "secret.key"), filepath.Join(folder, "copy.key")
		h.Service.keys = h.keysOf(file)
		copyFile(t, file, copied)
		lagging := h.instance(copied)
		user := h.user("jane")
		if err := h.enrolOn(lagging, user); err != nil {
			t.Fatal(err)
		}
		for _, change := range []func(context.Context) (*KeyReport, error){h.RotateKeys, h.DropOldKeys} {
			if _, err := change(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		err := h.enrolOn(lagging, h.user("john"))
		if refused, ok := errors.AsType[*db.KeyFileError](err); !ok || refused.File != copied || !errors.Is(err, secret.ErrSealed) {
			t.Errorf("sealed under a retired key: %v", err)
		}
		copyFile(t, file, copied)
		if err := h.enrolOn(lagging, h.user("jack")); err != nil {
			t.Errorf("with the new file: %v", err)
		}
	})
}

// A name that does not exist draws the same parameters before and after a rotation (product rule 7).
func TestFaultRotationChangesNoLot(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		file := filepath.Join(t.TempDir(), "secret.key")
		h.Service.keys = h.keysOf(file)
		lot := func() uint64 {
			h.lotSeed.Store(nil) // as another instance
			drawn, err := h.lot(t.Context(), "name:acme/nobody")
			if err != nil {
				t.Fatal(err)
			}
			return drawn
		}
		before := lot()
		if _, err := h.RotateKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		rotated := lot()
		if _, err := h.DropOldKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		if before == 0 || rotated != before || lot() != before {
			t.Errorf("lots: %d, %d, %d", before, rotated, lot())
		}
	})
}
