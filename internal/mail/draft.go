package mail

import (
	"bytes"
	"embed"
	htmltemplate "html/template"
	"strings"
	texttemplate "text/template"
	"time"
	"unicode"

	"github.com/gatehouse/gatehouse/db"
)

//go:embed layout.html.tmpl layout.txt.tmpl
var layouts embed.FS

var (
	htmlLayout = htmltemplate.Must(htmltemplate.ParseFS(layouts, "layout.html.tmpl"))
	textLayout = texttemplate.Must(texttemplate.New("layout.txt.tmpl").
			Funcs(texttemplate.FuncMap{"add1": func(i int) int { return i + 1 }}).ParseFS(layouts, "layout.txt.tmpl"))
)

// letter is what a mail says, in the order in which the layouts show it.
type letter struct {
	Language    string // BCP 47
	Title       string // the subject as well
	Greeting    string
	Paragraphs  []string
	Facts       []fact
	Steps       []string
	Button      *button
	ButtonFails string
	Notes       []string
	Footer      string
}

type fact struct {
	Label, Value string
	Line         string // both
}

type button struct{ Label, URL string }

// draft is a letter being written to one recipient.
type draft struct {
	letter
	words     *words
	recipient Recipient
	links     *Composer
	now       time.Time
	values    []string // names in braces and what stands for them, in turn
	// linkExpiresAt is when the link that the mail brings expires; zero: it brings none.
	linkExpiresAt db.Time
}

func newDraft(c *Composer, recipient Recipient) *draft {
	w, ok := languages[recipient.Language]
	if !ok {
		w = languages[db.English]
	}
	d := &draft{words: w, recipient: recipient, links: c, now: c.Now()}
	d.fill("name", recipient.Name)
	d.fill("account", recipient.AccountName)
	d.fill("user", recipient.qualified())
	d.Language = w.Code
	d.Greeting = d.sentence(w.Greeting)
	d.ButtonFails = w.ButtonFails
	d.Footer = d.sentence(w.Footer)
	return d
}

// impersonal makes the mail one to an address that perhaps nobody has confirmed: without text that somebody could choose to
// have it sent to a stranger. It must come before anything is said.
func (d *draft) impersonal() {
	d.recipient.Name, d.Greeting, d.values = "", "", nil
	d.fill("account", d.recipient.Handle)
	d.fill("user", d.recipient.qualified())
}

// toStranger is impersonal for an address whose owner may have nothing to do with Gatehouse: not even the login name of the
// user who entered it is told.
func (d *draft) toStranger() {
	d.impersonal()
	d.Footer = d.words.FooterStranger
}

// fill has a name in braces replaced in the sentences that follow. What it stands for is never looked into for braces.
func (d *draft) fill(name, value string) { d.values = append(d.values, "{"+name+"}", oneLine(value)) }

func (d *draft) sentence(s string) string { return strings.NewReplacer(d.values...).Replace(s) }

func (d *draft) title(sentence string) { d.Title = d.sentence(sentence) }

func (d *draft) say(sentences ...string) {
	for _, s := range sentences {
		d.Paragraphs = append(d.Paragraphs, d.sentence(s))
	}
}

func (d *draft) fact(label, value string) {
	value = oneLine(value)
	line := strings.NewReplacer("{label}", label, "{value}", value).Replace(d.words.Fact)
	d.Facts = append(d.Facts, fact{label, value, line})
}

func (d *draft) step(sentence string) { d.Steps = append(d.Steps, d.sentence(sentence)) }

func (d *draft) button(label, url string) { d.Button = &button{label, url} }

// linkButton is a button with a link that is good until it expires, which must be said in a note.
func (d *draft) linkButton(label, url string, expires time.Time) {
	d.button(label, url)
	d.linkExpiresAt = db.At(expires)
	d.fill("until", d.words.dateTime(expires))
}

func (d *draft) note(sentence string) { d.Notes = append(d.Notes, d.sentence(sentence)) }

// actor names who did something at the head of a sentence.
func (d *draft) actor(by string) string {
	if by == "" || by == "system" {
		return d.words.Operator
	}
	return by
}

func (l *letter) render() (text, html string, err error) {
	var t, h bytes.Buffer
	if err := textLayout.Execute(&t, l); err != nil {
		return "", "", err
	}
	if err := htmlLayout.Execute(&h, l); err != nil {
		return "", "", err
	}
	return t.String(), h.String(), nil
}

// oneLine turns what could end a header or begin a paragraph of its own into spaces. Names are refused such characters
// where they are typed; a mail does not rely on it.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r)
	}), " ")
}
