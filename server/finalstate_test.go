package server_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// finalState is what of an account decides whether a viewer's next request comes in, and whether it keeps an administrator.
type finalState struct {
	own, at         []string        // names of whitelists of the viewer's user, and of the access point
	ownOnly, atOnly bool            // report-only mode of either
	points          []string        // of the viewer's user
	second          bool            // another user is an administrator at WEB
	holds           map[string]bool // whether a whitelist has the viewer's address
}

func (g finalState) clone() finalState {
	holds := map[string]bool{}
	for name, has := range g.holds {
		holds[name] = has
	}
	g.holds = holds
	return g
}

func (g finalState) passes(lists []string, reportOnly bool) bool {
	return reportOnly || len(lists) == 0 || slices.ContainsFunc(lists, func(name string) bool { return g.holds[name] })
}

// refusal is what a change to this state is refused with; empty: it is accepted.
func (g finalState) refusal(point string) string {
	switch {
	case !g.second && !slices.Contains(g.points, "WEB"):
		return "LAST_ADMIN"
	case !slices.Contains(g.points, point), !g.passes(g.own, g.ownOnly), !g.passes(g.at, g.atOnly):
		return "LOCKOUT"
	}
	return ""
}

// guards is an account with one viewer, a session or a key, who changes what decides about themselves.
type guards struct {
	t      *testing.T
	random *rand.Rand
	client *servertest.Client // the viewer
	reader *servertest.Client
	point  string // the viewer's access point
	ids    map[string]string
	state  finalState
	made   int
}

const (
	insideCidr  = "127.0.0.0/8" // where the viewer is
	outsideCidr = "192.0.2.0/24"
)

func (g *guards) cidr(holds bool) string {
	if holds {
		return insideCidr
	}
	return outsideCidr
}

// some draws some of the whitelists, as names and as the argument of a mutation.
func (g *guards) some() (names []string, argument string) {
	var quoted []string
	for _, name := range []string{"A", "B", "C"} {
		if g.random.IntN(2) == 0 {
			names, quoted = append(names, name), append(quoted, fmt.Sprintf("%q", g.ids[name]))
		}
	}
	return names, "[" + strings.Join(quoted, ",") + "]"
}

// prepare makes the viewer: a holder of admin with a session, or a key of theirs. The account's first administrator is the second.
func (g *guards) prepare(site *servertest.Site, acme *servertest.Account) {
	viewer := acme.Person("viewer")
	roles := g.reader.Must(`{roles(first:100){nodes{id name}}}`, nil)
	for i := 0; roles.At(fmt.Sprintf("roles.nodes.%d", i)) != nil; i++ {
		g.ids[roles.Text(fmt.Sprintf("roles.nodes.%d.name", i))] = roles.Text(fmt.Sprintf("roles.nodes.%d.id", i))
	}
	points := g.reader.Must(`{accessPoints{id code}}`, nil)
	for i := 0; points.At(fmt.Sprintf("accessPoints.%d", i)) != nil; i++ {
		if points.Text(fmt.Sprintf("accessPoints.%d.code", i)) == g.point {
			g.ids["point"] = points.Text(fmt.Sprintf("accessPoints.%d.id", i))
		}
	}
	g.ids["user"] = string(viewer.ID)
	g.state = finalState{points: []string{"WEB", "API"}, second: true, holds: map[string]bool{}}
	g.reader.Must(`mutation($u:ID!,$r:ID!){updateUser(input:{id:$u,roleIds:[$r],accessPoints:["WEB","API"]}){userErrors{code}}}`, vars{"u": viewer.ID, "r": g.ids["admin"]})
	for i, name := range []string{"A", "B", "C"} {
		g.state.holds[name] = i == 0
		g.ids[name] = g.reader.Must(`mutation($n:String!,$c:String!){createWhitelist(input:{name:$n,entries:[{cidr:$c}]}){whitelist{id} userErrors{code}}}`,
			vars{"n": name, "c": g.cidr(i == 0)}).Text("createWhitelist.whitelist.id")
	}
	g.client = acme.As(viewer)
	if g.point == "API" {
		key := g.client.Must(`mutation($u:ID!){createApiKey(input:{userId:$u,description:"Own",accessPoints:["API"]}){secret userErrors{code}}}`, vars{"u": viewer.ID}).
			Text("createApiKey.secret")
		g.client = site.Client()
		g.client.Header.Set("Authorization", "ApiKey "+key)
	}
	// What is looked at afterwards is looked at by somebody whom no change of the viewer's keeps out.
	g.reader = acme.As(acme.Person("reader", "VIEW_USER", "VIEW_WHITELIST", "VIEW_ROLE"))
}

// draw makes a change of random fields, and the state that it leads to.
func (g *guards) draw() (field, input string, next finalState) {
	next = g.state.clone()
	var fields []string
	maybe := func(chance int, set func() string) {
		if g.random.IntN(chance) == 0 {
			fields = append(fields, set())
		}
	}
	lists := func(into *[]string) func() string {
		return func() (argument string) {
			*into, argument = g.some()
			return "whitelistIds:" + argument
		}
	}
	reportOnly := func(into *bool) func() string {
		return func() string {
			*into = g.random.IntN(3) == 0
			return fmt.Sprint("whitelistsReportOnly:", *into)
		}
	}
	switch g.random.IntN(4) {
	case 0:
		maybe(2, lists(&next.own))
		maybe(2, reportOnly(&next.ownOnly))
		maybe(3, func() string {
			next.points = [][]string{{"WEB"}, {"API"}, {"WEB", "API"}, {"ISPROXY", "WEB"}, {"WEB", "API", "ISPROXY"}}[g.random.IntN(5)]
			return `accessPoints:["` + strings.Join(next.points, `","`) + `"]`
		})
		maybe(6, func() string {
			g.made++
			name, holds := fmt.Sprint("New ", g.made), g.random.IntN(2) == 0
			next.own, next.holds[name] = append(slices.Clone(next.own), name), holds
			return fmt.Sprintf(`newWhitelist:{name:%q,entries:[{cidr:%q}]}`, name, g.cidr(holds))
		})
		return "updateUser", fmt.Sprintf("id:%q,", g.ids["user"]) + strings.Join(fields, ","), next
	case 1:
		maybe(2, lists(&next.at))
		maybe(2, reportOnly(&next.atOnly))
		return "updateAccessPoint", fmt.Sprintf("id:%q,", g.ids["point"]) + strings.Join(fields, ","), next
	case 2:
		name := []string{"A", "B", "C"}[g.random.IntN(3)]
		entries := fmt.Sprintf("{cidr:%q}", outsideCidr)
		if next.holds[name] = g.random.IntN(3) == 0; next.holds[name] {
			entries += fmt.Sprintf(",{cidr:%q}", insideCidr)
		}
		return "updateWhitelist", fmt.Sprintf("id:%q,entries:[%s]", g.ids[name], entries), next
	default:
		next.second = g.random.IntN(3) == 0
		point, role := "WEB", "admin"
		if !next.second { // either of the two makes no administrator
			if g.random.IntN(2) == 0 {
				point = "ISPROXY"
			} else {
				role = "all"
			}
		}
		return "updateUser", fmt.Sprintf("id:%q,accessPoints:[%q],roleIds:[%q]", g.ids["second"], point, g.ids[role]), next
	}
}

// held is the state as the server shows it.
func (g *guards) held() string {
	answer := g.reader.Must(`query($u:ID!){user(by:{id:$u}){accessPoints{code} whitelists{name} whitelistsReportOnly} accessPoints{code whitelists{name} whitelistsReportOnly}}`,
		vars{"u": g.ids["user"]})
	names := func(path, field string) (found []string) {
		for i := 0; answer.At(fmt.Sprintf("%s.%d", path, i)) != nil; i++ {
			found = append(found, answer.Text(fmt.Sprintf("%s.%d.%s", path, i, field)))
		}
		slices.Sort(found)
		return found
	}
	for i := 0; ; i++ {
		if at := fmt.Sprintf("accessPoints.%d.", i); answer.Text(at+"code") == g.point {
			return fmt.Sprint(names("user.accessPoints", "code"), names("user.whitelists", "name"), answer.At("user.whitelistsReportOnly"),
				names(at+"whitelists", "name"), answer.At(at+"whitelistsReportOnly"))
		}
	}
}

func (g finalState) shown() string {
	sorted := func(list []string) []string { return slices.Sorted(slices.Values(list)) }
	return fmt.Sprint(sorted(g.points), sorted(g.own), g.ownOnly, sorted(g.at), g.atOnly)
}

// A change is judged by what it leaves behind: it is refused exactly when the viewer's next request would not come in, or no
// administrator would be left, and otherwise carried out, whatever it passes through (product rules 3 and 4).
func TestChangesAreJudgedByWhatTheyLeave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		site := servertest.New(t, store)
		for i, point := range []string{"WEB", "API"} {
			acme := site.Account(fmt.Sprint("acme", i))
			g := &guards{t: t, random: rand.New(rand.NewPCG(14, uint64(i))), reader: acme.AsAdmin(), point: point, ids: map[string]string{"second": string(acme.Admin.ID)}}
			g.prepare(site, acme)
			for step := range 100 {
				field, input, next := g.draw()
				document := fmt.Sprintf("mutation{%s(input:{%s}){userErrors{code field message}}}", field, input)
				answer := g.client.Do(document, nil)
				var codes []string
				for _, told := range answer.UserErrors(field) {
					code, _, _ := strings.Cut(told, " ")
					codes = append(codes, code)
				}
				want := next.refusal(point)
				if got := strings.Join(slices.Compact(codes), " "); got != want || len(answer.Errors) > 0 {
					t.Fatalf("%s, step %d, from %s: %s\n%s\nwant %q", point, step, g.state.shown(), document, answer.Body, want)
				}
				if want == "" {
					g.state = next
				}
				if held := g.held(); held != g.state.shown() {
					t.Fatalf("%s, step %d, %s: holds %s, want %s", point, step, document, held, g.state.shown())
				}
			}
			if end := g.client.Do(whoAmI, nil); end.At("viewer") == nil {
				t.Errorf("%s: the viewer is out at the end: %s", point, end.Body)
			}
		}
	})
}
