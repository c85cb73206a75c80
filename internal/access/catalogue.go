package access

import (
	_ "embed"
	"fmt"
	"os"
	"sync"

	"github.com/gatehouse/gatehouse/db"
)

// The groups of Gatehouse's own permissions, all of which the role admin grants.
const (
	generalGroup = "GENERAL"
	usersGroup   = "USERS"
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

//go:embed catalogue/own.yaml
var ownFile []byte

//go:embed catalogue/registrar.yaml
var registrarFile []byte

var own = sync.OnceValue(func() *Catalogue { return mustParse("own.yaml", ownFile, &Catalogue{}) })

// Builtin returns the catalogue that Gatehouse ships with, a domain registrar's.
var Builtin = sync.OnceValue(func() *Catalogue { return mustParse("registrar.yaml", registrarFile, own()) })

func mustParse(name string, content []byte, base *Catalogue) *Catalogue {
	catalogue, err := parse(name, content, base)
	if err != nil {
		panic("access: " + err.Error())
	}
	return catalogue
}

// LoadCatalogue reads an operator's catalogue, which takes the place of all but Gatehouse's own permissions. An error names
// the line.
func LoadCatalogue(file string) (*Catalogue, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	catalogue, err := parse(file, content, own())
	if err != nil {
		return nil, fmt.Errorf("catalogue: %w", err)
	}
	return catalogue, nil
}

// newCatalogue works out what follows from the groups.
func newCatalogue(groups []*Group) *Catalogue {
	c := &Catalogue{groups: groups, permissions: map[string]*Permission{}}
	var admin, all, essential []string
	for _, group := range groups {
		for _, permission := range group.Permissions {
			c.permissions[permission.Code] = permission
			if group.Code == generalGroup || group.Code == usersGroup {
				admin = append(admin, permission.Code)
			}
			if !permission.OutsideAll {
				all = append(all, permission.Code)
			}
			if permission.Essential {
				essential = append(essential, permission.Code)
			}
		}
	}
	c.essential = NewSet(essential...)
	c.admin, c.all = Union(NewSet(admin...), c.essential), NewSet(all...)
	return c
}

func (c *Catalogue) group(code string) *Group {
	for _, group := range c.groups {
		if group.Code == code {
			return group
		}
	}
	return nil
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
