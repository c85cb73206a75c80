package account

import (
	"slices"

	"github.com/gatehouse/gatehouse/db"
)

// Days are counted back from the day on which the account is filled.

// demoRole is a role of the demonstration, with what it grants as far as the catalogue has it.
type demoRole struct {
	name, description string
	views             bool // every permission to view, besides codes
	codes             []string
}

var (
	demoSupport2 = []string{"UPDATE_CONTACT", "UPDATE_HOST", "UPDATE_DNS_ZONE", "UPDATE_DNS_TEMPLATE", "CREATE_DNS_ZONE", "DELETE_DNS_ZONE", "RESEND_PROCESS"}
	// demoSupport2Added is what Support 2 gets today.
	demoSupport2Added = []string{"CREATE_CONTACT", "CONTACT_VERIFICATION"}
	demoSupport3      = slices.Concat(demoSupport2, demoSupport2Added, []string{"UPDATE_DOMAIN", "RENEW_DOMAIN", "TRANSFER_DOMAIN", "RESTORE_DOMAIN"})
	demoZones         = []string{"VIEW_DNS_ZONE", "CREATE_DNS_ZONE", "UPDATE_DNS_ZONE", "DELETE_DNS_ZONE", "VIEW_DNS_ZONE_STATS"}
)

var demoRoles = []demoRole{
	{"Support 1", "Sees everything, changes nothing", true, nil},
	{"Support 2", "Second line", true, demoSupport2},
	{"Support 3", "Support 2, and updates, renews, transfers and restores domains", true, demoSupport3},
	{"Finance", "Credit, transactions and price list", false, []string{"VIEW_CREDIT", "VIEW_TRANSACTION", "VIEW_PRICE_LIST", "DEPOSIT_CREDIT", "VIEW_CUSTOMER"}},
	{"Billing system", "WHMCS: what customers order themselves", false, []string{
		"VIEW_DOMAIN", "CREATE_DOMAIN", "UPDATE_DOMAIN", "RENEW_DOMAIN", "TRANSFER_DOMAIN", "RESTORE_DOMAIN", "DELETE_DOMAIN", "PUSH_DOMAIN",
		"VIEW_CONTACT", "CREATE_CONTACT", "UPDATE_CONTACT", "DELETE_CONTACT", "VIEW_HOST", "CREATE_HOST", "UPDATE_HOST", "DELETE_HOST",
		"VIEW_DNS_ZONE", "CREATE_DNS_ZONE", "UPDATE_DNS_ZONE", "DELETE_DNS_ZONE", "VIEW_DNS_ZONE_STATS",
		"VIEW_PROCESS", "CANCEL_PROCESS", "RESEND_PROCESS", "VIEW_PRICE_LIST", "VIEW_CREDIT",
	}},
	{"DNS automation", "Zones by script", false, append([]string{"VIEW_DOMAIN", "UPDATE_DOMAIN", "VIEW_PROCESS"}, demoZones...)},
	{"Zertifikate", "Bestellt, erneuert und widerruft Zertifikate", false, []string{
		"VIEW_SSL_CERTIFICATE", "REQUEST_SSL_CERTIFICATE", "REISSUE_SSL_CERTIFICATE", "RENEW_SSL_CERTIFICATE", "REVOKE_SSL_CERTIFICATE", "VIEW_DOMAIN",
	}},
	{"Teamleiding", "Maakt collega's aan en ontgrendelt ze", false, []string{"VIEW_USER", "CREATE_USER", "UPDATE_USER", "VIEW_ROLE", "VIEW_WHITELIST", "VIEW_NOTIFICATION"}},
	{"Contrôle interne", "Lit le journal d’audit", false, []string{"VIEW_AUDIT", "VIEW_USER", "VIEW_ROLE"}},
}

type demoEntry struct{ cidr, note string }

type demoWhitelist struct {
	name    string
	entries []demoEntry
}

// The addresses are those that documents may use (RFC 5737, RFC 3849).
var demoWhitelists = []demoWhitelist{
	{"Office Zwolle", []demoEntry{{"198.51.100.0/24", "Kantoor en gastnetwerk"}, {"2001:db8:40::/48", "IPv6 of the office"}}},
	{"Büro Münster", []demoEntry{{"203.0.113.64/28", ""}}},
	{"Bureau de Lyon", []demoEntry{{"192.0.2.32/28", "Fibre"}, {"192.0.2.99", "Secours 4G"}, {"2001:db8:60::/48", ""}}},
	{"Oficina de Bilbao", []demoEntry{{"192.0.2.128/26", "Segunda planta"}}},
	{"Datacentrum Ede", []demoEntry{{"203.0.113.0/28", "Applicatieservers"}, {"2001:db8:80::/64", "Applicatieservers"}}},
	{"Jeroen thuis", []demoEntry{{"192.0.2.17", "Vast adres"}}},
}

// demoPerson is an employee. Who has no rhythm never took the invitation.
type demoPerson struct {
	login, name string
	language    db.Language
	roles       []string
	points      []string
	whitelists  []string
	factor      string // name of the authenticator app; empty: none
	ip          string // where they work
	created     int    // days ago
	rhythm      int    // days from one sign-in to the next
	seen        int    // days since the last sign-in
}

var (
	web    = []string{db.Web}
	webAPI = []string{db.Web, "API"}
)

// The first two hold the role admin; the first one created the others.
var demoPeople = []demoPerson{
	{"sanne", "Sanne de Vries", db.Dutch, []string{"admin"}, webAPI, nil, "Pixel 9", "198.51.100.23", 128, 1, 0},
	{"k.vogt", "Katharina Vogt", db.German, []string{"admin"}, web, nil, "Aegis", "203.0.113.70", 127, 2, 0},
	{"anneke", "Anneke Hoekstra", db.Dutch, []string{"Support 1"}, web, []string{"Office Zwolle"}, "", "198.51.100.31", 121, 3, 1},
	{"ilse", "Ilse Kramer", db.Dutch, []string{"Finance"}, web, []string{"Office Zwolle"}, "iPhone", "198.51.100.35", 120, 7, 11},
	{"jeroen.bakker", "Jeroen Bakker", db.Dutch, []string{"Support 3"}, webAPI, []string{"Office Zwolle", "Jeroen thuis"}, "Telefoon", "198.51.100.40", 119, 2, 0},
	{"juergen.weiss", "Jürgen Weiß", db.German, []string{"Support 1"}, web, nil, "", "203.0.113.71", 118, 4, 97},
	{"lukas", "Lukas Brandt", db.German, []string{"Support 2"}, web, []string{"Büro Münster"}, "FreeOTP", "203.0.113.72", 117, 3, 1},
	{"mehmet", "Mehmet Yıldız", db.Dutch, []string{"Support 2", "Finance"}, web, nil, "", "198.51.100.44", 110, 2, 0},
	{"noor", "Noor El Amrani", db.Dutch, []string{"Support 3", "Teamleiding"}, web, []string{"Office Zwolle"}, "Telefoon van Noor", "198.51.100.46", 108, 2, 0},
	{"thijs", "Thijs Mulder", db.Dutch, []string{"Support 2"}, web, []string{"Office Zwolle"}, "Telefoon", "198.51.100.47", 105, 3, 41},
	{"zofia", "Zofia Wójcik", db.German, []string{"Support 2"}, web, []string{"Büro Münster"}, "Handy", "203.0.113.73", 96, 3, 0},
	{"amelie.roux", "Amélie Roux", db.French, []string{"Support 1"}, web, []string{"Bureau de Lyon"}, "Téléphone", "192.0.2.34", 90, 4, 2},
	{"baptiste", "Baptiste Lefèvre", db.French, []string{"Support 2"}, web, []string{"Bureau de Lyon"}, "Ente Auth", "192.0.2.35", 88, 3, 0},
	{"minh.anh", "Nguyễn Minh Anh", db.French, []string{"Finance"}, web, []string{"Bureau de Lyon"}, "Téléphone", "192.0.2.36", 87, 7, 4},
	{"carmen.ortiz", "Carmen Ortiz Núñez", db.Spanish, []string{"Support 2"}, web, []string{"Oficina de Bilbao"}, "Móvil", "192.0.2.131", 74, 3, 1},
	{"olivia.price", "Olivia Price", db.English, []string{"Contrôle interne"}, web, nil, "1Password", "198.51.100.52", 70, 14, 9},
	{"tomasz", "Tomasz Zieliński", db.English, []string{"Support 3"}, web, []string{"Office Zwolle"}, "Phone", "198.51.100.53", 66, 2, 0},
	{"hendrik", "Hendrik Claes", db.Dutch, []string{"Zertifikate", "Support 1"}, web, nil, "Gsm", "198.51.100.54", 61, 5, 3},
	{"gulsen", "Gülşen Aydın", db.German, []string{"Support 2"}, web, []string{"Büro Münster"}, "Handy", "203.0.113.75", 52, 3, 1},
	{"pieter.jansen", "Pieter Jansen", db.Dutch, []string{"Support 1"}, web, nil, "Telefoon", "198.51.100.57", 49, 4, 20},
	{"svenja", "Svenja Köhler", db.German, []string{"Support 3", "Teamleiding"}, web, []string{"Büro Münster"}, "Handy", "203.0.113.76", 33, 2, 1},
	{"lotte", "Lotte van Dijk", db.Dutch, []string{"Support 1"}, web, []string{"Office Zwolle"}, "", "", 26, 0, 0},
	{"iker", "Iker Etxeberria", db.Spanish, []string{"Support 1"}, web, []string{"Oficina de Bilbao"}, "", "", 12, 0, 0},
	{"femke.vdberg", "Femke van den Berg", db.Dutch, []string{"Support 2"}, web, []string{"Office Zwolle"}, "", "", 1, 0, 0},
}

// Who signs in by password alone is not made to do otherwise: it is what the page warns of.
func (p demoPerson) mfaForced() bool { return p.factor != "" || p.rhythm == 0 }

// demoProgram is an application.
type demoProgram struct {
	login, name, role string
	points            []string
	whitelists        []string
	created           int // days ago
}

var demoPrograms = []demoProgram{
	{"whmcs-billing", "Billing system", "Billing system", []string{"API", "ISPROXY"}, []string{"Datacentrum Ede"}, 115},
	{"dns-sync", "DNS automation", "DNS automation", []string{"API"}, []string{"Datacentrum Ede"}, 112},
	{"zone-backup", "Zone backup", "DNS automation", []string{"API"}, []string{"Datacentrum Ede"}, 93},
	{"cert-renewal", "Certificate renewal", "Zertifikate", []string{"API"}, nil, 60},
	{"proxy-muenster", "Proxy Münster", "Billing system", []string{"ISPROXY"}, []string{"Büro Münster"}, 45},
	{"status-probe", "Status page probe", "Support 1", []string{"API"}, nil, 8},
	{"old-deploy", "Old deploy script", "DNS automation", []string{"API"}, nil, 101},
}
