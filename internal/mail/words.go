package mail

import (
	"strings"
	"time"

	"github.com/gatehouse/gatehouse/db"
)

// words is all that mails say in one language, in whole sentences. What stands in braces is filled in; a test holds every
// language to the same names in every sentence, and to no sentence being empty.
type words struct {
	Code     string // BCP 47
	Months   [12]string
	DateTime string // of {day}, {month}, {year} and {time}
	Operator string // who acts on the command line, at the head of a sentence

	Greeting    string
	NotYou      string // advice on what the user did, or somebody in the user's place
	NotExpected string // advice on what an administrator did
	ButtonFails string
	Footer      string
	// FooterStranger stands in place of Footer where the reader may be nobody's user.
	FooterStranger string
	Fact           string // {label} and {value} in a line of text

	Label                    labels
	Welcome                  welcomeWords
	PasswordReset            linkWords
	EmailConfirm             linkWords
	EmailTaken               noticeWords
	PasswordChanged          changeWords
	LoginNameChanged         changeWords
	EmailChanged             changeWords
	MFAEnrolled              noticeWords
	MFARemoved               noticeWords
	MFAReset                 adviceWords
	RecoveryCodesRegenerated noticeWords
	RecoveryCodeUsed         adviceWords
	SignInRefusedAddress     adviceWords
	FailedSignIns            adviceWords
	PasskeyCopied            adviceWords
	KeyExpires               adviceWords
	KeyUsedFromNewAddress    adviceWords
	Deactivated              noticeWords
	Reactivated              noticeWords
	Unlocked                 noticeWords
	AccessChanged            changeWords
	KeyCreated               changeWords
	KeyRotated               changeWords
	KeyUpdated               changeWords

	Part partWords
}

// labels stand before facts.
type labels struct {
	Account, LoginName, SignInPage, User, When, Address, NewEmail, Method, CodesLeft, Tries, Since, Key, Expires, Changed string
}

// partWords name the parts of a user's access.
type partWords struct{ Roles, AccessPoints, Whitelists, ForcedMFA string }

type welcomeWords struct {
	Title, CreatedBy                    string
	StepSetPassword                     string
	StepSignIn                          string // with the password just set
	StepSignInGiven                     string // with the password that an administrator set
	StepMFA                             string
	OptionalMFA                         string
	ButtonSetPassword                   string
	ButtonSignIn                        string
	LinkUntil                           string
	APITitle, APICreatedBy, APIUsesKeys string
}

type linkWords struct{ Title, Text, Button, LinkUntil, NotYou string }

type changeWords struct{ Title, Text, ByAdmin string }

type noticeWords struct{ Title, Text string }

type adviceWords struct{ Title, Text, Advice string }

var languages = map[db.Language]*words{
	db.English: &english,
	db.Dutch:   &dutch,
	db.German:  &german,
	db.French:  &french,
	db.Spanish: &spanish,
}

// dateTime writes an instant to the minute. Nobody knows a reader's zone before a mail is read, so it is UTC, and says so.
func (w *words) dateTime(t time.Time) string {
	t = t.UTC()
	return strings.NewReplacer(
		"{day}", t.Format("2"), "{month}", w.Months[t.Month()-1], "{year}", t.Format("2006"), "{time}", t.Format("15:04"),
	).Replace(w.DateTime)
}
