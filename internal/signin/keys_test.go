package signin

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/access"
	"github.com/gatehouse/gatehouse/internal/audit"
	"github.com/gatehouse/gatehouse/internal/mail"
	"github.com/gatehouse/gatehouse/internal/problem"
	"github.com/gatehouse/gatehouse/internal/secret"
)

// instance is another server on the database and key file of the house.
func (h *house) instance(keyFile string) *Service {
	h.t.Helper()
	another := New(Config{
		State: newState(h.t, h.store), Usage: access.NewUsage(h.store, slog.New(slog.DiscardHandler), nil, time.Now),
		Store: h.store, Catalogue: access.Builtin(), Passwords: weakHasher(h.t), Keys: h.keysOf(keyFile), Now: h.clock.now,
		Log: slog.New(slog.DiscardHandler), PublicURL: testURL(), Mail: &mail.Composer{PublicURL: "https://gatehouse.example", Now: h.clock.now},
	})
	h.t.Cleanup(another.Close)
	return another
}

func (h *house) keysOf(file string) *secret.Keys {
	h.t.Helper()
	keys, err := secret.MakeKeys(file)
	if err != nil {
		h.t.Fatal(err)
	}
	return keys
}

// withoutLabels makes everything in the database look as it did before keys had labels.
func (h *house) withoutLabels(user *db.User, codes []string) {
	h.t.Helper()
	h.touch(func(ctx context.Context, tx *db.Tx) error {
		sealed, err := tx.Sealed(ctx)
		for _, row := range sealed {
			err = errors.Join(err, tx.Reseal(ctx, row, bytes.TrimPrefix(row.Secret, h.keys.Label())))
		}
		var hashes [][]byte
		for _, code := range codes {
			hashes = append(hashes, bytes.TrimPrefix(h.keys.MAC(recoveryParts(user.ID, code)...), h.keys.Label()))
		}
		return errors.Join(err, tx.SetRecoveryCodes(ctx, user.ID, hashes, db.At(h.clock.now())))
	})
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func showCode(t *testing.T, s *Service, step Step, code string) error {
	t.Helper()
	_, err := s.VerifyRecoveryCode(t.Context(), from(office), VerifyRecoveryCodeInput{step.Challenge.Token, code})
	return err
}

// A rotation costs nobody a factor: apps, enrolments under way and recovery codes serve on, from before there were labels
// too, and on servers that run meanwhile. The old key goes when nothing is under it any more.
func TestKeysAreRotatedUnderRunningServers(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		file := filepath.Join(t.TempDir(), "secret.key")
		h.Service.keys = h.keysOf(file)
		running := h.instance(file)
		user, a, enrolled := h.jane()
		h.withoutLabels(user, enrolled.RecoveryCodes)
		h.user("john")
		johns := h.viewer(h.mustSignIn("john").SessionToken)
		begun, err := h.BeginTOTPEnrolment(t.Context(), johns, BeginTOTPEnrolmentInput{Name: "Phone"})
		if err != nil {
			t.Fatal(err)
		}

		report, err := h.instance(file).RotateKeys(t.Context())
		if err != nil || len(report.Keys) != 2 || report.Resealed != 2 || !slices.Equal(report.Holders, []string{"acme/jane"}) || report.Sealed != 0 {
			t.Fatalf("rotated: %+v, %v", report, err)
		}
		for _, server := range []*Service{h.Service, running} {
			if _, err := server.VerifyTOTP(t.Context(), from(office), VerifyTOTPInput{h.mustSignIn("jane").Challenge.Token, a.code()}); err != nil {
				t.Errorf("the app after the rotation: %v", err)
			}
			h.clock.pass(totpPeriod)
		}
		if err := showCode(t, running, h.mustSignIn("jane"), enrolled.RecoveryCodes[0]); err != nil {
			t.Errorf("a recovery code after the rotation: %v", err)
		}
		johnsApp := app{h, begun.Secret}
		if _, err := running.FinishTOTPEnrolment(t.Context(), from(office), johns, FinishTOTPEnrolmentInput{begun.ChallengeToken, johnsApp.code()}); err != nil {
			t.Errorf("an enrolment that was under way: %v", err)
		}

		report, err = running.DropOldKeys(t.Context())
		if err != nil || report.None() || len(report.Keys) != 2 || !slices.Equal(report.Holders, []string{"acme/jane"}) {
			t.Fatalf("dropped a key that recovery codes are under: %+v, %v", report, err)
		}
		step, err := running.VerifyTOTP(t.Context(), from(office), VerifyTOTPInput{h.mustSignIn("jane").Challenge.Token, a.code()})
		if err != nil {
			t.Fatal(err)
		}
		codes, err := running.RegenerateRecoveryCodes(t.Context(), h.viewer(step.SessionToken))
		if err != nil {
			t.Fatal(err)
		}
		report, err = running.DropOldKeys(t.Context())
		if err != nil || !report.None() || len(report.Keys) != 1 {
			t.Fatalf("the old key is still there: %+v, %v", report, err)
		}
		h.clock.pass(totpPeriod)
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Errorf("the app without the old key: %v", err)
		}
		if err := showCode(t, h.Service, h.mustSignIn("jane"), codes[0]); err != nil {
			t.Errorf("a new recovery code without the old key: %v", err)
		}
		if got := h.events(audit.AccountRotateKeys); !slices.Equal(got, []string{"SUCCEEDED", "SUCCEEDED"}) {
			t.Errorf("the trail tells %q", got)
		}
	})
}

// What a server that does not have the new key yet goes on sealing is readable, and keeps the old key in the file until it
// was sealed anew.
func TestServerThatLagsBehind(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		folder := t.TempDir()
		file, copied := filepath.Join(folder, "secret.key"), filepath.Join(folder, "copy.key")
		h.Service.keys = h.keysOf(file)
		copyFile(t, file, copied)
		lagging := h.instance(copied)
		if _, err := h.RotateKeys(t.Context()); err != nil {
			t.Fatal(err)
		}
		user := h.user("jane")
		a, enrolled := (&house{Service: lagging, t: t, clock: h.clock}).enrol(h.mustSignIn("jane"))
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Errorf("an app that it enrolled: %v", err)
		}
		if err := showCode(t, h.Service, h.mustSignIn("jane"), enrolled.RecoveryCodes[0]); err != nil {
			t.Errorf("a recovery code that it gave out: %v", err)
		}
		report, err := h.DropOldKeys(t.Context())
		if err != nil || report.Resealed != 1 || len(report.Keys) != 2 || len(report.Holders) != 1 {
			t.Fatalf("%+v, %v", report, err)
		}
		h.touch(func(ctx context.Context, tx *db.Tx) error { return tx.SetRecoveryCodes(ctx, user.ID, nil, 0) })
		if report, err = h.DropOldKeys(t.Context()); err != nil || len(report.Keys) != 1 {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

// Remembered answers keep a key for the 24 hours that they live.
func TestAnswersKeepTheirKey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Service.keys = h.keysOf(filepath.Join(t.TempDir(), "secret.key"))
		user := h.user("jane")
		h.touch(func(ctx context.Context, tx *db.Tx) error {
			return tx.RememberAnswer(ctx, &db.IdempotentAnswer{
				UserID: user.ID, IdempotencyKey: "key", Digest: h.keys.MAC("input"), AnswerID: user.ID, CreatedAt: db.At(h.clock.now()),
			}, 0)
		})
		if report, err := h.RotateKeys(t.Context()); err != nil || report.Answers != 1 {
			t.Fatalf("%+v, %v", report, err)
		}
		if report, err := h.DropOldKeys(t.Context()); err != nil || len(report.Keys) != 2 {
			t.Errorf("at once: %+v, %v", report, err)
		}
		h.clock.pass(24 * time.Hour)
		if report, err := h.DropOldKeys(t.Context()); err != nil || len(report.Keys) != 1 {
			t.Errorf("a day later: %+v, %v", report, err)
		}
	})
}

// Somebody else's key file is left alone, and so are the rows.
func TestRotationWithTheWrongFile(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		_, a, _ := h.jane()
		wrong := h.instance(filepath.Join(t.TempDir(), "secret.key"))
		if _, err := wrong.RotateKeys(t.Context()); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("rotated: %v", err)
		}
		if _, err := wrong.DropOldKeys(t.Context()); !errors.Is(err, secret.ErrSealed) {
			t.Errorf("dropped: %v", err)
		}
		if names := wrong.keys.Names(); len(names) != 1 {
			t.Errorf("keys: %v", names)
		}
		if _, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code()); err != nil {
			t.Error(err)
		}
	})
}

// Rotations at once lose no key: each of them is in the file, and everything opens.
func TestRotationsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		file := filepath.Join(t.TempDir(), "secret.key")
		h.Service.keys = h.keysOf(file)
		_, a, _ := h.jane()
		var group sync.WaitGroup
		for range 4 {
			another := h.instance(file)
			group.Go(func() {
				if _, err := another.RotateKeys(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if names := h.keys.Names(); len(names) != 5 {
			t.Errorf("keys: %v", names)
		}
		_, err := h.verify(from(office), h.mustSignIn("jane").Challenge, a.code())
		if err != nil {
			t.Error(err)
		}
		_, err = h.verify(from(office), h.mustSignIn("jane").Challenge, "000000")
		wantProblem(t, "a wrong code", err, problem.WrongCode, "code")
	})
}
