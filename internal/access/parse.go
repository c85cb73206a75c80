package access

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/internal/text"
)

// Bounds of a catalogue's texts, in Unicode code points, and of its codes.
const (
	maxCode        = 60
	maxName        = text.NameMax
	maxDescription = 500
)

var (
	permissionCode = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$`)
	groupCode      = regexp.MustCompile(`^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$`)
)

var languages = []db.Language{db.English, db.Dutch, db.German, db.French, db.Spanish}

// parse reads a catalogue file that adds to a base, Gatehouse's own. The file places the groups of the base by naming them;
// those that it does not name stand first.
func parse(name string, content []byte, base *Catalogue) (*Catalogue, error) {
	root, err := document(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	p := &parser{name: name, base: base, groupLines: map[string]int{}, permissionLines: map[string]int{}}
	p.file(root)
	if p.err != nil {
		return nil, p.err
	}
	return newCatalogue(p.groups), nil
}

func document(content []byte) (*yaml.Node, error) {
	content = text.WithoutMark(content)
	line := 0
	for part := range bytes.SplitSeq(content, []byte("\n")) {
		line++
		if _, ok := text.CleanLines(string(bytes.TrimSuffix(part, []byte("\r")))); !ok {
			return nil, fmt.Errorf("line %d: not UTF-8, or with control characters", line)
		}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var first, second yaml.Node
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) {
		return nil, errors.New("line 1: the file is empty")
	} else if err != nil {
		return nil, withLine(err)
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, fmt.Errorf("line %d: a second document", second.Line)
	} else if !errors.Is(err, io.EOF) {
		return nil, withLine(err)
	}
	return first.Content[0], nil
}

// The library leaves the line out of an error where it is the first.
func withLine(err error) error {
	if strings.Contains(err.Error(), "line ") {
		return err
	}
	return fmt.Errorf("line 1: %w", err)
}

// parser walks the nodes of a file, of which it keeps the lines, and stops at the first fault.
type parser struct {
	name   string
	base   *Catalogue
	verbs  []string
	groups []*Group
	err    error
	// The lines in which codes stand, to find doubled ones.
	groupLines, permissionLines map[string]int
}

func (p *parser) fault(node *yaml.Node, format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf("%s: line %d: %s", p.name, node.Line, fmt.Sprintf(format, args...))
	}
}

func (p *parser) file(root *yaml.Node) {
	fields := p.fields(root, []string{"groups"}, "verbs")
	for _, verb := range p.list(fields["verbs"]) {
		p.verbs = append(p.verbs, p.text(verb, maxCode))
	}
	for _, group := range p.list(fields["groups"]) {
		p.groups = append(p.groups, p.group(group))
	}
	unnamed := slices.DeleteFunc(slices.Clone(p.base.groups), func(own *Group) bool { return p.groupLines[own.Code] > 0 })
	p.groups = append(unnamed, p.groups...)
}

func (p *parser) group(node *yaml.Node) *Group {
	fields := p.fields(node, []string{"code"}, "name", "permissions")
	group := &Group{Code: p.code(fields["code"], groupCode, p.groupLines)}
	own := p.base.group(group.Code)
	switch {
	case own != nil && fields["name"] != nil:
		p.fault(fields["name"], "group %s is Gatehouse's own and has a name", group.Code)
	case own != nil:
		group.Names, group.Permissions = own.Names, slices.Clone(own.Permissions)
	case fields["name"] == nil:
		p.fault(node, "group %s has no name", group.Code)
	case len(p.list(fields["permissions"])) == 0:
		p.fault(node, "group %s has no permissions", group.Code)
	default:
		group.Names = p.texts(fields["name"], maxName)
	}
	for _, permission := range p.list(fields["permissions"]) {
		group.Permissions = append(group.Permissions, p.permission(permission))
	}
	return group
}

func (p *parser) permission(node *yaml.Node) *Permission {
	fields := p.fields(node, []string{"code", "name"}, "description", "essential", "outside_all")
	permission := &Permission{
		Code:         p.code(fields["code"], permissionCode, p.permissionLines),
		Names:        p.texts(fields["name"], maxName),
		Descriptions: p.texts(fields["description"], maxDescription),
		Essential:    p.flag(fields["essential"]),
		OutsideAll:   p.flag(fields["outside_all"]),
	}
	if p.base.Has(permission.Code) {
		p.fault(fields["code"], "%s is Gatehouse's own", permission.Code)
	}
	if permission.Essential && permission.OutsideAll {
		p.fault(node, "%s is essential, so that every role has it, and cannot be outside_all", permission.Code)
	}
	if verb, noun, _ := strings.Cut(permission.Code, "_"); slices.Contains(p.verbs, verb) {
		permission.Verb, permission.Noun = verb, noun
	}
	return permission
}

// fields returns the values of a mapping by their keys. Where a fault was found it returns nodes that fault again, which
// nobody hears of: the first is told.
func (p *parser) fields(node *yaml.Node, required []string, optional ...string) map[string]*yaml.Node {
	fields := make(map[string]*yaml.Node, len(node.Content)/2)
	if node.Kind != yaml.MappingNode {
		p.fault(node, "want keys %s", strings.Join(append(required, optional...), ", "))
	} else {
		for i := 0; i+1 < len(node.Content); i += 2 {
			key := node.Content[i]
			switch {
			case !slices.Contains(required, key.Value) && !slices.Contains(optional, key.Value):
				p.fault(key, "unknown key %q", key.Value)
			case fields[key.Value] != nil:
				p.fault(key, "key %q stands twice", key.Value)
			}
			fields[key.Value] = node.Content[i+1]
		}
	}
	for _, key := range required {
		if fields[key] == nil {
			p.fault(node, "missing %s", key)
			fields[key] = node
		}
	}
	return fields
}

// list returns the items of a list; none when it was left out.
func (p *parser) list(node *yaml.Node) []*yaml.Node {
	if node == nil {
		return nil
	}
	if node.Kind != yaml.SequenceNode {
		p.fault(node, "want a list")
		return nil
	}
	return node.Content
}

func (p *parser) code(node *yaml.Node, pattern *regexp.Regexp, lines map[string]int) string {
	code := p.text(node, maxCode)
	if !pattern.MatchString(code) {
		p.fault(node, "bad code %q: want capitals, digits and single underscores, a permission's as VERB_NOUN", code)
	}
	if before := lines[code]; before > 0 {
		p.fault(node, "code %s stands already in line %d", code, before)
	}
	lines[code] = node.Line
	return code
}

// texts reads a text by language, or one text, which is English. Left out it is empty.
func (p *parser) texts(node *yaml.Node, limit int) Text {
	if node == nil {
		return nil
	}
	if node.Kind == yaml.ScalarNode {
		return Text{db.English: p.text(node, limit)}
	}
	var others []string
	for _, language := range languages[1:] {
		others = append(others, strings.ToLower(string(language)))
	}
	texts := make(Text, len(languages))
	for key, value := range p.fields(node, []string{"en"}, others...) {
		texts[db.Language(strings.ToUpper(key))] = p.text(value, limit)
	}
	return texts
}

func (p *parser) text(node *yaml.Node, limit int) string {
	if node.Kind != yaml.ScalarNode || node.ShortTag() != "!!str" {
		p.fault(node, "want text")
		return ""
	}
	clean, ok := text.Clean(strings.TrimSpace(node.Value)) // a block of YAML ends with a line feed
	switch {
	case !ok:
		p.fault(node, "text with control characters")
	case clean == "":
		p.fault(node, "text is empty")
	case text.Length(clean) > limit:
		p.fault(node, "text is longer than %d characters", limit)
	}
	return clean
}

func (p *parser) flag(node *yaml.Node) bool {
	if node == nil {
		return false
	}
	if node.Kind != yaml.ScalarNode || node.Value != "true" && node.Value != "false" {
		p.fault(node, "want true or false")
	}
	return node.Value == "true"
}
