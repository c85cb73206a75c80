package server_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gatehouse/gatehouse/db"
	"github.com/gatehouse/gatehouse/db/dbtest"
	"github.com/gatehouse/gatehouse/server/servertest"
)

// Report-only mode shuts nobody out, and counts whom it would have.
func TestReportOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,whitelistsReportOnly:true,newWhitelist:{name:"Office",entries:[{cidr:"192.0.2.0/24"}]}}){userErrors{code}}}`,
			map[string]any{"u": w.user})
		list := w.admin.Must(`mutation{createWhitelist(input:{name:"Data centre",entries:[{cidr:"198.51.100.0/24"}]}){whitelist{id} userErrors{code}}}`, nil)
		w.admin.Must(`mutation($p:ID!,$l:ID!){updateAccessPoint(input:{id:$p,whitelistsReportOnly:true,whitelistIds:[$l]}){userErrors{code}}}`,
			map[string]any{"p": w.points["API"], "l": list.Text("createWhitelist.whitelist.id")})
		for _, ip := range []string{"203.0.113.1", "203.0.113.1", "203.0.113.2", "192.0.2.7"} {
			if got := w.ask("user", w.user, "enter", "API", ip); got != "GRANTED" {
				t.Errorf("%s: %s", ip, got)
			}
		}
		if err := w.Usage.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		const report = `whitelistReport{since refusals addressCount addresses{cidr refusals lastAt}}`
		answer := w.admin.Must(`query($u:ID!){user(by:{id:$u}){whitelistsReportOnly `+report+`} accessPoints{code whitelistsReportOnly `+report+`}}`, map[string]any{"u": w.user})
		if answer.At("user.whitelistReport.refusals") != 3.0 || answer.At("user.whitelistReport.addressCount") != 2.0 ||
			answer.Text("user.whitelistReport.addresses.0.cidr") != "203.0.113.1/32" || answer.Text("user.whitelistReport.since") != "2026-11-17T00:00:00.000Z" {
			t.Errorf("of the user: %s", answer.Body)
		}
		if answer.Text("accessPoints.0.code") != "API" || answer.At("accessPoints.0.whitelistReport.refusals") != 4.0 || answer.At("accessPoints.1.whitelistReport.refusals") != 0.0 {
			t.Errorf("of the doors: %s", answer.Body)
		}
		w.Clock.Pass(8 * 24 * time.Hour)
		w.admin = w.acme.AsAdmin()
		later := w.admin.Must(`query($u:ID!){user(by:{id:$u}){whitelistReport{refusals} month:whitelistReport(days:30){refusals}}}`, map[string]any{"u": w.user})
		if later.At("user.whitelistReport.refusals") != 0.0 || later.At("user.month.refusals") != 3.0 {
			t.Errorf("eight days later: %s", later.Body)
		}
		if wrong := w.admin.Do(`query($u:ID!){user(by:{id:$u}){whitelistReport(days:31){refusals}}}`, map[string]any{"u": w.user}); wrong.ErrorCodes()[0] != "BAD_USER_INPUT user.whitelistReport" {
			t.Errorf("too many days: %s", wrong.Body)
		}
		w.Clock.Pass(90 * 24 * time.Hour)
		if err := w.Accounts.ForgetUsage(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.admin = w.acme.AsAdmin()
		gone := w.admin.Must(`query($u:ID!){user(by:{id:$u}){seenAddresses{cidr} whitelistReport(days:30){refusals}}}`, map[string]any{"u": w.user})
		if gone.At("user.seenAddresses.0") != nil || gone.At("user.whitelistReport.refusals") != 0.0 {
			t.Errorf("a season later: %s", gone.Body)
		}
	})
}

// Explaining asks what a decision asks, names what decided as far as the viewer may see it, and is noted nowhere.
func TestAccessDecision(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, store *db.DB) {
		w := newTown(t, store, "acme")
		other := settle(w.Site, "other")
		w.admin.Must(`mutation($u:ID!){updateUser(input:{id:$u,newWhitelist:{name:"Office",entries:[{cidr:"192.0.2.0/24"}]}}){userErrors{code}}}`, map[string]any{"u": w.user})
		const document = `query($s:AccessSubject!,$ip:String!,$p:String){accessDecision(request:{subject:$s,accessPoint:"API",ip:$ip,permission:$p}){
			allowed reason checks{kind passed detail decidedBy{__typename id ...on Role{name} ...on Whitelist{name}}}}}`
		explain := func(client *servertest.Client, subject map[string]any, ip, permission string) *servertest.Answer {
			t.Helper()
			return client.Must(document, map[string]any{"s": subject, "ip": ip, "p": permission})
		}
		user, key := map[string]any{"userId": w.user}, map[string]any{"apiKeyId": w.keyID}
		granted := explain(w.admin, key, "192.0.2.7", "UPDATE_DOMAIN")
		if granted.At("accessDecision.allowed") != true || granted.Text("accessDecision.checks.5.detail") != "192.0.2.0/24 (Office)" ||
			granted.Text("accessDecision.checks.5.decidedBy.name") != "Office" || granted.Text("accessDecision.checks.6.decidedBy.name") != "Billing" {
			t.Errorf("granted: %s", granted.Body)
		}
		refused := explain(w.admin, user, "203.0.113.1", "DELETE_DOMAIN")
		if refused.Text("accessDecision.reason") != "IP_NOT_WHITELISTED" || refused.At("accessDecision.checks.4.passed") != false {
			t.Errorf("refused: %s", refused.Body)
		}
		for name, subject := range map[string]map[string]any{
			"another account's user": {"userId": other.user}, "another account's key": {"apiKeyId": other.keyID}, "nobody": {"userId": "user_01h455vb4pex5vsknk084sn02q"},
		} {
			if answer := explain(w.admin, subject, "192.0.2.7", "UPDATE_DOMAIN"); answer.Text("accessDecision.reason") != "SUBJECT_UNKNOWN" {
				t.Errorf("%s: %s", name, answer.Body)
			}
		}
		looker := w.acme.As(w.acme.Person("looker", "VIEW_USER"))
		if answer := explain(looker, user, "192.0.2.7", "UPDATE_DOMAIN"); strings.Contains(answer.Body, "Office") || answer.Text("accessDecision.reason") != "GRANTED" {
			t.Errorf("without VIEW_WHITELIST: %s", answer.Body)
		}
		if answer := looker.Do(document, map[string]any{"s": key, "ip": "192.0.2.7"}); answer.ErrorCodes()[0] != "FORBIDDEN accessDecision" {
			t.Errorf("a key without MANAGE_API_KEY: %s", answer.Body)
		}
		jane := w.acme.Person("jane")
		self := w.acme.As(jane)
		if answer := explain(self, map[string]any{"userId": string(jane.ID)}, "192.0.2.7", "VIEW_DOMAIN"); answer.Text("accessDecision.reason") != "ACCESS_POINT_NOT_ALLOWED" {
			t.Errorf("oneself: %s", answer.Body)
		}
		for _, ip := range []string{"192.0.2.7:1", "fe80::1%1", "010.0.0.1", "x", ""} {
			if answer := w.admin.Do(document, map[string]any{"s": user, "ip": ip}); answer.ErrorCodes()[0] != "BAD_USER_INPUT accessDecision" {
				t.Errorf("address %q: %s", ip, answer.Body)
			}
		}
		origins := w.admin.Must(`query($u:ID!){user(by:{id:$u}){permissions permissionOrigins{permission roles{name}}}}`, map[string]any{"u": w.user})
		permissions, _ := origins.At("user.permissions").([]any)
		for i, permission := range permissions {
			if origins.At(fmt.Sprintf("user.permissionOrigins.%d.permission", i)) != permission || origins.Text(fmt.Sprintf("user.permissionOrigins.%d.roles.0.name", i)) != "Billing" {
				t.Errorf("%s", origins.Body)
			}
		}
		if err := w.Usage.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		if answer := w.admin.Must(`query($u:ID!){user(by:{id:$u}){seenAddresses{cidr}}}`, map[string]any{"u": w.user}); answer.At("user.seenAddresses.0") != nil {
			t.Errorf("noted: %s", answer.Body)
		}
	})
}
