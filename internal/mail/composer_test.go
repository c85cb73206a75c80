package mail

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"html"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/internal/secret"
)

var (
	noon    = time.Date(2025, 11, 23, 12, 0, 0, 0, time.UTC)
	visitor = netip.MustParseAddr("192.0.2.7")
)

const testToken = secret.Token("dGhpcy1pcy1ub3QtYS1yZWFsLXRva2VuLWF0LWFsbC4")

func jane(language db.Language) Recipient {
	return To(
		&db.Account{ID: "account_1", Handle: "acme", Name: "Acme & Söhne BV"},
		&db.User{ID: "user_1", LoginName: "jane.doe", Name: "Jane <b>Doe</b>", Email: "jane@acme.example", Language: language},
	)
}

// sample is a message with what its mail must say in any language.
type sample struct {
	message Message
	says    []string
	link    string // empty: none
}

const (
	setPassword  = "https://gatehouse.example/set-password#token=" + string(testToken)
	confirmEmail = "https://gatehouse.example/confirm-email#token=" + string(testToken)
	signInPage   = "https://gatehouse.example/"
)

var samples = map[string]sample{
	"welcome": {Welcome{CreatedBy: "acme/admin", Token: testToken, ExpiresAt: noon.AddDate(0, 0, 7), MFARequired: true},
		[]string{"acme", "jane.doe", "acme/admin", "30", "2025", "12:00", signInPage}, setPassword},
	"welcome with a password set": {Welcome{CreatedBy: "acme/admin"},
		[]string{"acme", "jane.doe", "acme/admin"}, signInPage},
	"welcome of an application": {Welcome{API: true, CreatedBy: "acme/admin", MFARequired: true},
		[]string{"acme", "jane.doe", "acme/admin", "API"}, ""},
	"password reset":      {PasswordReset{Token: testToken, ExpiresAt: noon.Add(time.Hour)}, []string{"acme/jane.doe", "13:00"}, setPassword},
	"email to confirm":    {EmailConfirm{Token: testToken, ExpiresAt: noon.Add(time.Hour)}, []string{"acme", "13:00"}, confirmEmail},
	"email taken":         {EmailTaken{}, []string{"acme"}, ""},
	"password changed":    {PasswordChanged{IP: visitor}, []string{"acme/jane.doe", "192.0.2.7", "12:00"}, ""},
	"password set":        {PasswordChanged{By: "acme/admin"}, []string{"acme/jane.doe", "acme/admin", "12:00"}, ""},
	"login name changed":  {LoginNameChanged{New: "j.doe", IP: visitor}, []string{"acme/jane.doe", "j.doe", "192.0.2.7"}, ""},
	"login name set":      {LoginNameChanged{New: "j.doe", By: "acme/admin"}, []string{"acme/jane.doe", "j.doe", "acme/admin"}, ""},
	"email changed":       {EmailChanged{New: "new@acme.example", IP: visitor}, []string{"new@acme.example", "192.0.2.7"}, ""},
	"email set":           {EmailChanged{New: "new@acme.example", By: "acme/admin"}, []string{"new@acme.example", "acme/admin"}, ""},
	"factor added":        {MFAEnrolled{Method: "Jane’s phone", IP: visitor}, []string{"Jane’s phone", "192.0.2.7", "12:00"}, ""},
	"factor removed":      {MFARemoved{Method: "Jane’s phone", IP: visitor}, []string{"Jane’s phone", "192.0.2.7", "12:00"}, ""},
	"factors reset":       {MFAReset{By: "acme/admin"}, []string{"acme/jane.doe", "acme/admin", "12:00"}, ""},
	"new recovery codes":  {RecoveryCodesRegenerated{IP: visitor}, []string{"acme/jane.doe", "192.0.2.7"}, ""},
	"recovery code used":  {RecoveryCodeUsed{Remaining: 4, IP: visitor}, []string{"4", "192.0.2.7"}, ""},
	"address refused":     {SignInRefusedAddress{IP: visitor, At: noon.Add(-time.Hour)}, []string{"192.0.2.7", "11:00"}, ""},
	"failed sign-ins":     {FailedSignIns{Count: 14, Since: noon.Add(-6 * time.Minute)}, []string{"14", "11:54"}, ""},
	"passkey copied":      {PasskeyCopied{Method: "Jane’s laptop", IP: visitor}, []string{"Jane’s laptop", "192.0.2.7", "12:00"}, ""},
	"key expires":         {KeyExpires{"WHMCS", "gatekey_ab…cd", noon}, []string{"WHMCS (gatekey_ab…cd)", "acme/jane.doe"}, ""},
	"key used elsewhere":  {KeyUsedFromNewAddress{"WHMCS", "gatekey_ab…cd", visitor, noon}, []string{"WHMCS (gatekey_ab…cd)", "192.0.2.7"}, ""},
	"deactivated":         {Deactivated{By: "acme/admin"}, []string{"acme/jane.doe", "acme/admin"}, ""},
	"reactivated":         {Reactivated{By: "acme/admin"}, []string{"acme/jane.doe", "acme/admin", "12:00"}, ""},
	"unlocked":            {Unlocked{By: "acme/admin"}, []string{"acme/jane.doe", "acme/admin", "12:00"}, ""},
	"access changed":      {AccessChanged{Roles: true, ForcedMFA: true, By: "acme/admin"}, []string{"acme/jane.doe", "acme/admin", ", "}, ""},
	"own access changed":  {AccessChanged{AccessPoints: true, Whitelists: true, IP: visitor}, []string{"acme/jane.doe", "192.0.2.7", ", "}, ""},
	"key created":         {KeyChanged{Event: KeyCreated, Hint: "gatekey_ab…cd", By: "acme/admin"}, []string{"gatekey_ab…cd", "acme/admin"}, ""},
	"key rotated":         {KeyChanged{Event: KeyRotated, Hint: "gatekey_ab…cd", IP: visitor}, []string{"gatekey_ab…cd", "192.0.2.7"}, ""},
	"key updated":         {KeyChanged{Event: KeyUpdated, Hint: "gatekey_ab…cd", By: "acme/admin"}, []string{"gatekey_ab…cd", "acme/admin"}, ""},
	"deactivated by host": {Deactivated{By: "system"}, []string{"Gatehouse"}, ""},
}

func compose(t *testing.T, recipient Recipient, message Message) (d *draft, text, markup string) {
	t.Helper()
	composer := &Composer{PublicURL: "https://gatehouse.example/", Now: func() time.Time { return noon }}
	d = newDraft(composer, recipient)
	message.write(d)
	text, markup, err := d.render()
	if err != nil {
		t.Fatal(err)
	}
	return d, text, markup
}

// Every message in every language says what it must, whole, in both forms.
func TestEveryMessageInEveryLanguage(t *testing.T) {
	for language, w := range languages {
		for name, s := range samples {
			t.Run(string(language)+" "+name, func(t *testing.T) {
				d, text, markup := compose(t, jane(language), s.message)
				for _, said := range append(s.says, d.Footer) {
					if !strings.Contains(text, said) {
						t.Errorf("the text lacks %q:\n%s", said, text)
					}
					if !strings.Contains(html.UnescapeString(markup), said) {
						t.Errorf("the HTML lacks %q", said)
					}
				}
				if !strings.Contains(html.UnescapeString(markup), ">"+d.Title+"</h1>") {
					t.Errorf("the HTML lacks the title %q", d.Title)
				}
				if d.Title == "" || len(d.Paragraphs) == 0 || strings.ContainsAny(d.Title, "\r\n") {
					t.Errorf("title %q, paragraphs %q", d.Title, d.Paragraphs)
				}
				if !strings.Contains(markup, `<html lang="`+w.Code+`">`) {
					t.Error("the HTML does not say its language")
				}
				if strings.ContainsAny(text, "{}") || strings.Contains(text, "<no value>") || strings.Contains(text, "&amp;") {
					t.Errorf("something is not filled in:\n%s", text)
				}
				body := markup[strings.Index(markup, "</style>"):]
				if strings.ContainsAny(body, "{}") || strings.Contains(body, "<no value>") || strings.Contains(body, "ZgotmplZ") {
					t.Error("something is not filled in in the HTML")
				}
				checkLinks(t, s, text, markup)
			})
		}
	}
}

// A mail has one button at most, and its link stands readable below it. What asks for nothing has no link to press: that
// is what forged mails have.
func checkLinks(t *testing.T, s sample, text, markup string) {
	t.Helper()
	want := 0
	if s.link != "" {
		want = 2
		if !strings.Contains(text, "\n"+s.link+"\n") {
			t.Errorf("the text lacks %s on a line of its own", s.link)
		}
		if !strings.Contains(html.UnescapeString(markup), ">"+s.link+"</a>") {
			t.Errorf("the HTML lacks %s to copy", s.link)
		}
	}
	if n := strings.Count(markup, "<a "); n != want || strings.Count(markup, `href="`+s.link+`"`) != want && want > 0 {
		t.Errorf("the HTML has %d links, want %d to %s", n, want, s.link)
	}
	for _, remote := range []string{"<img", "<link", "<script", "@import", "url("} {
		if strings.Contains(markup, remote) {
			t.Errorf("the HTML has %s, which would tell somebody that it was read", remote)
		}
	}
}

// The samples above are all there is: a new message type needs one.
func TestEveryMessageHasASample(t *testing.T) {
	sampled := map[string]bool{}
	for _, s := range samples {
		sampled[reflect.TypeOf(s.message).Name()] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok && f.Name.Name == "kind" && f.Recv != nil {
				if name := fmt.Sprint(f.Recv.List[0].Type); !sampled[name] {
					t.Errorf("%s has no sample", name)
				}
			}
		}
	}
}

// Rule 13 and "it never holds a password": there is no field that one could be given in.
func TestNoMessageTakesAPassword(t *testing.T) {
	for name, s := range samples {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(s.message)) {
			if strings.Contains(strings.ToLower(field.Name), "password") {
				t.Errorf("%s has a field %s", name, field.Name)
			}
		}
	}
}

// What people type as names stays text, in one line, whatever it is.
func TestNamesStayText(t *testing.T) {
	recipient := jane(db.English)
	recipient.Name = "Eve\"\r\nBcc: all@acme.example\r\n\r\n<script>{account}</script>"
	recipient.AccountName = "A\nB {by} {{.}}"
	d, text, markup := compose(t, recipient, Deactivated{By: "acme/{user}"})
	if d.Title != "Your user was deactivated" {
		t.Errorf("title %q", d.Title)
	}
	if advice, _, _ := compose(t, recipient, PasskeyCopied{}); !strings.Contains(strings.Join(advice.Paragraphs, " "), "an administrator of A B {by} {{.}}.") {
		t.Errorf("paragraphs %q", advice.Paragraphs)
	}
	if !strings.Contains(text, "Hello Eve\" Bcc: all@acme.example <script>{account}</script>,\n") {
		t.Errorf("the name is not as it was typed:\n%s", text)
	}
	if strings.Contains(markup, "<script") || strings.Contains(markup, "acme/jane.doe deactivated") {
		t.Error("a name is taken for more than text")
	}
}

// Rule 7: a mail to an address that perhaps nobody has confirmed holds no text that somebody can choose: neither names nor,
// where its owner may be a stranger, the login name.
func TestUnconfirmedAddressesGetNoChosenText(t *testing.T) {
	for language := range languages {
		recipient := jane(language)
		recipient.Name, recipient.AccountName, recipient.LoginName = "FREE TEXT", "FREE TEXT", "login.example"
		for _, test := range []struct {
			message  Message
			stranger bool
		}{
			{Welcome{Token: testToken, CreatedBy: "acme/admin"}, false}, {Welcome{CreatedBy: "acme/admin", MFARequired: true}, false},
			{Welcome{API: true, CreatedBy: "acme/admin"}, false}, {PasswordReset{Token: testToken}, false},
			{EmailConfirm{Token: testToken}, true}, {EmailTaken{}, true},
		} {
			d, text, markup := compose(t, recipient, test.message)
			for _, said := range []string{text, markup, d.Title, d.recipient.Name} {
				if strings.Contains(said, "FREE TEXT") || test.stranger && strings.Contains(said, recipient.LoginName) {
					t.Errorf("%s %T says chosen text:\n%s", language, test.message, said)
				}
			}
			if !strings.Contains(text, recipient.Handle) {
				t.Errorf("%s %T does not name the account:\n%s", language, test.message, text)
			}
		}
	}
}

// A language that is not known, of an older program say, is no reason not to tell.
func TestUnknownLanguageIsEnglish(t *testing.T) {
	if _, text, _ := compose(t, jane("XX"), PasswordChanged{}); !strings.Contains(text, "Your password was changed") {
		t.Errorf("not in English:\n%s", text)
	}
}

// Rule 12: the mail is there exactly when the transaction of its change is, and only then its sender is woken.
func TestQueueIsPartOfTheTransaction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		woken := 0
		composer := &Composer{PublicURL: "https://gatehouse.example", Now: func() time.Time { return noon }, Wake: func() { woken++ }}
		recipient := jane(db.German)
		recipient.AccountID, recipient.UserID = "", ""
		queue := func(end error) error {
			return store.Touch(t.Context(), func(tx *db.Tx) error {
				if err := composer.Queue(t.Context(), tx, recipient, PasswordReset{Token: testToken, ExpiresAt: noon}); err != nil {
					return err
				}
				return end
			})
		}
		if err := queue(os.ErrInvalid); err == nil || woken != 0 {
			t.Fatalf("a transaction that failed: %v, woken %d times", err, woken)
		}
		if n, err := store.WaitingMails(t.Context()); err != nil || n != 0 {
			t.Fatalf("%d mails, %v, after a transaction that failed", n, err)
		}
		if err := queue(nil); err != nil || woken != 1 {
			t.Fatalf("Queue: %v, woken %d times", err, woken)
		}
		var mail *db.Mail
		err := store.Touch(t.Context(), func(tx *db.Tx) (err error) {
			mail, err = tx.ClaimMail(t.Context(), db.At(noon), db.At(noon)+1)
			return err
		})
		if err != nil || mail.Kind != "passwordReset" || mail.Recipient != "jane@acme.example" || mail.Language != db.German ||
			mail.Subject != "Neues Passwort setzen" || !strings.Contains(mail.TextBody, setPassword) {
			t.Fatalf("queued %+v, %v", mail, err)
		}
	})
}

func TestLinksCarryTheTokenInTheFragment(t *testing.T) {
	for _, publicURL := range []string{"https://gatehouse.example", "https://gatehouse.example/"} {
		c := &Composer{PublicURL: publicURL}
		for _, link := range []string{c.SetUpLink(testToken), c.SetPasswordLink(testToken), c.ConfirmEmailLink(testToken)} {
			if page, fragment, _ := strings.Cut(link, "#"); strings.Contains(page, string(testToken)) || fragment != "token="+string(testToken) {
				t.Errorf("link %s", link)
			}
		}
	}
}
