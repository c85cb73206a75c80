package server_test

import (
	"context"
	"slices"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/typeid"
	"github.com/gatehouse/gatehouse/server/servertest"
)

const whoAmI = `{viewer{user{loginName}}}`

// signsIn signs the administrator in and returns the cookie.
func signsIn(t *testing.T, client *servertest.Client) string {
	t.Helper()
	before := client.Cookie("gatehouse_session")
	client.Must(signIn, vars{"p": servertest.Password})
	token := client.Cookie("gatehouse_session")
	if token == "" || token == before {
		t.Fatal("no new cookie")
	}
	return token
}

// Product rule 9: every sign-in brings a new cookie, and the session that the browser had before ends; nobody else's does.
func TestSignInEndsWhatTheBrowserHad(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		site.Account("acme")
		browser, elsewhere, thief := site.Client(), site.Client(), site.Client()
		old := signsIn(t, browser)
		signsIn(t, elsewhere)
		signsIn(t, browser)
		thief.SetCookie("gatehouse_session", old)
		if answer := thief.Do(whoAmI, nil); answer.At("viewer") != nil {
			t.Errorf("the cookie from before: %s", answer.Body)
		}
		for what, client := range map[string]*servertest.Client{"the new cookie": browser, "another browser": elsewhere} {
			if answer := client.Do(whoAmI, nil); answer.At("viewer") == nil {
				t.Errorf("%s: %s", what, answer.Body)
			}
		}
	})
}

// A cookie that somebody else has planted is worth nothing afterwards: it is not the one that rises.
func TestPlantedCookieIsNotRaised(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		site.Account("acme")
		planted := signsIn(t, site.Client())
		victim, thief := site.Client(), site.Client()
		victim.SetCookie("gatehouse_session", planted)
		thief.SetCookie("gatehouse_session", planted)
		if token := signsIn(t, victim); token == planted {
			t.Error("the planted cookie stays")
		}
		if answer := thief.Do(whoAmI, nil); answer.At("viewer") != nil {
			t.Errorf("the thief: %s", answer.Body)
		}
	})
}

// Whoever has lost the access point WEB is nobody to the page, and can end the session all the same.
func TestSignOutWithoutTheAccessPoint(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		acme := site.Account("acme")
		jane := acme.Person("jane")
		browser := acme.As(jane)
		copied := site.Client()
		copied.SetCookie("gatehouse_session", browser.Cookie("gatehouse_session"))
		site.Touch(func(ctx context.Context, tx *db.Tx) error { return tx.SetUserAccessPoints(ctx, jane.ID, nil) })
		if answer := browser.Do(whoAmI, nil); answer.At("viewer") != nil {
			t.Fatalf("without WEB: %s", answer.Body)
		}
		browser.Must(`mutation{signOut{userErrors{code}}}`, nil)
		if cookie := browser.Cookie("gatehouse_session"); cookie != "" {
			t.Error("the cookie stays")
		}
		site.Touch(func(ctx context.Context, tx *db.Tx) error {
			points, err := tx.AccessPointsByCode(ctx, acme.ID, []string{db.Web})
			if err != nil {
				return err
			}
			return tx.SetUserAccessPoints(ctx, jane.ID, []typeid.ID{points[db.Web].ID})
		})
		if answer := copied.Do(whoAmI, nil); answer.At("viewer") != nil {
			t.Errorf("the session lives on: %s", answer.Body)
		}
		if codes := browser.Do(`mutation{signOut{userErrors{code}}}`, nil).ErrorCodes(); !slices.Equal(codes, []string{"UNAUTHENTICATED signOut"}) {
			t.Errorf("once more: %v", codes)
		}
	})
}

// Product rule 9: signing out ends the session at the server, not only in the browser.
func TestSignOutEndsTheSessionAtTheServer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		site.Account("acme")
		browser, copied := site.Client(), site.Client()
		copied.SetCookie("gatehouse_session", signsIn(t, browser))
		if answer := copied.Do(whoAmI, nil); answer.At("viewer") == nil {
			t.Fatalf("the copy: %s", answer.Body)
		}
		browser.Must(`mutation{signOut{userErrors{code}}}`, nil)
		if answer := copied.Do(whoAmI, nil); answer.At("viewer") != nil {
			t.Errorf("the copy lives on: %s", answer.Body)
		}
	})
}
