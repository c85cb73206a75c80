package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// What PostGraphile is asked for: the same of each user as [pageOf50] and [singleUser], in the words of the schema that it
// makes of the tables.
const (
	postgraphileUser = `{ rowId kind loginName name email language status createdAt
		userRolesByUserId { nodes { roleByRoleId { rowId name } } }
		userWhitelistsByUserId { nodes { whitelistByWhitelistId { rowId name whitelistEntriesByWhitelistId { nodes { prefix note } } } } }
		userAccessPointsByUserId { nodes { accessPointByAccessPointId { code } } } }`
	postgraphilePage = `query ($after: Cursor, $account: String!) { allUsers(first: 50, after: $after, orderBy: [LOGIN_KEY_ASC], condition: {accountId: $account}) {
		nodes ` + postgraphileUser + ` pageInfo { hasNextPage endCursor } } }`
	postgraphileOne = `query ($id: String!) { userByRowId(rowId: $id) ` + postgraphileUser + ` }`
)

// postgraphile is a peer: GraphQL over PostgreSQL, made of the tables, and with nobody asked who they are.
type postgraphile struct {
	*process
	account string
	order   string // how its cursors name the order by login name
}

// startPostGraphile installs it from its lock file where it is not there yet, and starts it on the database of a town.
func startPostGraphile(ctx context.Context, t *town) (*postgraphile, error) {
	const folder = "bench/postgraphile"
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		install := exec.CommandContext(ctx, "npm", "ci", "--no-audit", "--no-fund")
		install.Dir = folder
		if out, err := install.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("install PostGraphile: %w: %s", err, out)
		}
	}
	address, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	_, port, _ := strings.Cut(address, ":")
	command := exec.CommandContext(ctx, "node_modules/.bin/node", "node_modules/postgraphile/dist/cli-run.js")
	command.Dir = folder
	command.Env = append(os.Environ(), "NODE_ENV=production", "GRAPHILE_ENV=production", "DATABASE="+t.source, "PORT="+port)
	running, err := startOther(ctx, command, "http://"+address+"/graphql")
	if err != nil {
		return nil, err
	}
	p := &postgraphile{process: running}
	if err := p.look(ctx); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

// look finds out about the account and the cursors.
func (p *postgraphile) look(ctx context.Context) error {
	const first = `{"query":"{ allUsers(first: 1, orderBy: [LOGIN_KEY_ASC]) { nodes { accountId } pageInfo { endCursor } } }"}`
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url, strings.NewReader(first))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var answer struct {
		Data struct {
			AllUsers struct {
				Nodes    []struct{ AccountID string }
				PageInfo struct{ EndCursor []byte }
			}
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return err
	}
	var cursor []string
	if err := json.Unmarshal(answer.Data.AllUsers.PageInfo.EndCursor, &cursor); err != nil || len(cursor) != 3 || len(answer.Data.AllUsers.Nodes) != 1 {
		return fmt.Errorf("PostGraphile's cursors are not as they were: %q, %w", answer.Data.AllUsers.PageInfo.EndCursor, err)
	}
	p.account, p.order = answer.Data.AllUsers.Nodes[0].AccountID, cursor[0]
	return nil
}

// page is the bytes of a request for fifty users after a place.
func (p *postgraphile) page(after place) []byte {
	cursor, _ := json.Marshal([]string{p.order, after.loginKey, after.id}) // texts always can be
	return p.request(postgraphilePage, map[string]string{"account": p.account, "after": base64.StdEncoding.EncodeToString(cursor)})
}

// one is the bytes of a request for a user.
func (p *postgraphile) one(who place) []byte {
	return p.request(postgraphileOne, map[string]string{"id": who.id})
}

func (p *postgraphile) request(query string, variables map[string]string) []byte {
	body, _ := json.Marshal(map[string]any{"query": query, "variables": variables})
	return request(strings.TrimSuffix(p.url, "/graphql"), "/graphql", "", "127.0.0.1", string(body))
}

// contestant asks PostGraphile about places at random.
func (p *postgraphile) contestant(t *town, ask func(place) []byte, pids []int) *contestant {
	return &contestant{name: "PostGraphile", pids: append([]int{p.pid}, pids...), load: load{
		url: p.url, connections: connections,
		next: func(random *rand.Rand) []byte { return ask(t.someone(random)) },
		check: func(status int, body []byte) error {
			if status != http.StatusOK || bytes.Contains(body, []byte(`"errors"`)) || !bytes.Contains(body, []byte("@crowd.example")) {
				return fmt.Errorf("%d %s", status, body)
			}
			return nil
		},
	}}
}
