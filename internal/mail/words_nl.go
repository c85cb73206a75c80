package mail

var dutch = words{
	Code: "nl",
	Months: [12]string{
		"januari", "februari", "maart", "april", "mei", "juni",
		"juli", "augustus", "september", "oktober", "november", "december",
	},
	DateTime: "{day} {month} {year}, {time} UTC",
	Operator: "De beheerder van Gatehouse",

	Greeting:       "Hallo {name},",
	NotYou:         "Was jij dit niet? Stel meteen een nieuw wachtwoord in en waarschuw een beheerder van {account}.",
	NotExpected:    "Had je dit niet verwacht? Vraag het een beheerder van {account}.",
	ButtonFails:    "Doet de knop niets, kopieer dan deze link naar je browser:",
	Footer:         "Je krijgt deze mail omdat {user} een gebruiker in Gatehouse is. Antwoorden worden niet gelezen.",
	FooterStranger: "Je krijgt deze mail omdat iemand dit adres in Gatehouse heeft ingevuld. Antwoorden worden niet gelezen.",
	Fact:           "{label}: {value}",

	Label: labels{
		Account: "Account", LoginName: "Loginnaam", SignInPage: "Inlogpagina", User: "Gebruiker",
		When: "Wanneer", Address: "IP-adres", NewEmail: "Nieuw e-mailadres", Method: "Tweede factor", CodesLeft: "Codes over",
		Tries: "Mislukte pogingen", Since: "Sinds",
		Key: "API-sleutel", Expires: "Verloopt", Changed: "Gewijzigd",
	},
	Welcome: welcomeWords{
		Title:             "Je gebruiker bij {account}",
		CreatedBy:         "{by} heeft een gebruiker voor je aangemaakt bij {account}.",
		StepSetPassword:   "Stel je wachtwoord in met de link hieronder.",
		StepSignIn:        "Log in met het account, de loginnaam en dat wachtwoord.",
		StepSignInGiven:   "Log in met het account, de loginnaam en je wachtwoord. Dat krijg je van degene die je gebruiker heeft aangemaakt: wachtwoorden worden nooit gemaild.",
		StepMFA:           "Stel een tweede factor in zodra daarom wordt gevraagd. Houd een authenticator-app op je telefoon klaar.",
		OptionalMFA:       "Voeg na het inloggen een tweede factor toe, zoals een authenticator-app.",
		ButtonSetPassword: "Wachtwoord instellen",
		ButtonSignIn:      "Inloggen",
		LinkUntil:         "De link werkt één keer, tot {until}. Vraag daarna een beheerder om een nieuwe.",
		APITitle:          "Een nieuwe API-gebruiker bij {account}",
		APICreatedBy:      "{by} heeft bij {account} een API-gebruiker voor een applicatie aangemaakt en daarbij jouw adres opgegeven.",
		APIUsesKeys:       "De applicatie meldt zich met API-sleutels, niet met een wachtwoord. Een beheerder maakt de sleutels en geeft ze door.",
	},
	PasswordReset: linkWords{
		Title:     "Stel een nieuw wachtwoord in",
		Text:      "Iemand, waarschijnlijk jijzelf, heeft om een nieuw wachtwoord gevraagd voor {user}.",
		Button:    "Wachtwoord instellen",
		LinkUntil: "De link werkt één keer, tot {until}.",
		NotYou:    "Heb je er niet om gevraagd, doe dan niets: je wachtwoord blijft zoals het is.",
	},
	EmailConfirm: linkWords{
		Title:     "Bevestig je e-mailadres",
		Text:      "Dit adres wordt het e-mailadres van een gebruiker van het account {account} in Gatehouse.",
		Button:    "Adres bevestigen",
		LinkUntil: "De link werkt één keer, tot {until}.",
		NotYou:    "Heb je er niet om gevraagd, doe dan niets: er verandert niets.",
	}, EmailTaken: noticeWords{
		Title: "Je adres is ingevuld voor een andere gebruiker",
		Text:  "Iemand heeft gevraagd om dit adres het e-mailadres te maken van een gebruiker van het account {account} in Gatehouse. Het hoort daar al bij een andere gebruiker, dus er verandert niets. Heb je daar meerdere gebruikers, dan heeft elk een eigen adres nodig.",
	},

	PasswordChanged: changeWords{
		Title:   "Je wachtwoord is gewijzigd",
		Text:    "Je wachtwoord is gewijzigd. Je andere sessies zijn beëindigd.",
		ByAdmin: "{by} heeft een nieuw wachtwoord voor je ingesteld. Je sessies zijn beëindigd. Je krijgt het wachtwoord persoonlijk: wachtwoorden worden nooit gemaild.",
	},
	LoginNameChanged: changeWords{
		Title:   "Je loginnaam is gewijzigd",
		Text:    "Je hebt je loginnaam gewijzigd. De vorige werkt niet meer.",
		ByAdmin: "{by} heeft je loginnaam gewijzigd. De vorige werkt niet meer.",
	},
	EmailChanged: changeWords{
		Title:   "Je e-mailadres is gewijzigd",
		Text:    "Je hebt je e-mailadres gewijzigd. Mail gaat voortaan naar het nieuwe adres.",
		ByAdmin: "{by} heeft je e-mailadres gewijzigd. Mail gaat voortaan naar het nieuwe adres.",
	},
	MFAEnrolled: noticeWords{
		Title: "Tweede factor toegevoegd",
		Text:  "Er is een tweede factor aan je gebruiker toegevoegd. Vanaf nu kun je ermee inloggen.",
	},
	MFARemoved: noticeWords{
		Title: "Tweede factor verwijderd",
		Text:  "Er is een tweede factor van je gebruiker verwijderd. Die werkt niet meer.",
	},
	MFAReset: adviceWords{
		Title:  "Je tweede factoren zijn verwijderd",
		Text:   "{by} heeft al je tweede factoren en herstelcodes verwijderd. Je sessies zijn beëindigd.",
		Advice: "Log in met je wachtwoord en stel een nieuwe tweede factor in.",
	},
	RecoveryCodesRegenerated: noticeWords{
		Title: "Nieuwe herstelcodes",
		Text:  "Er zijn nieuwe herstelcodes voor je gebruiker gemaakt. De oude werken niet meer.",
	},
	RecoveryCodeUsed: adviceWords{
		Title:  "Herstelcode gebruikt",
		Text:   "Iemand, waarschijnlijk jijzelf, heeft een van je herstelcodes gebruikt. Die werkt niet nog eens.",
		Advice: "Maak nieuwe codes voordat ze op zijn.",
	},
	SignInRefusedAddress: adviceWords{
		Title:  "Inloggen geweigerd vanaf een onbekend adres",
		Text:   "Iemand gaf je juiste wachtwoord of toonde een passkey van je, maar vanaf een adres buiten je whitelists. Diegene is niet binnengelaten.",
		Advice: "Was jij het, log dan in vanaf een toegestaan adres of vraag een beheerder om dit adres toe te voegen.",
	},
	PasskeyCopied: adviceWords{
		Title:  "Een passkey is misschien gekopieerd",
		Text:   "Een van je passkeys werd getoond met een teller die was teruggelopen: er is misschien een kopie van. De passkey is geweigerd.",
		Advice: "Verwijder deze passkey en stel hem opnieuw in. Was jij het niet, waarschuw dan een beheerder van {account}.",
	},
	FailedSignIns: adviceWords{
		Title:  "Mislukte inlogpogingen",
		Text:   "Iemand probeerde als jou in te loggen en had het wachtwoord of de code fout. Diegene is niet binnengelaten.",
		Advice: "Was jij het, dan hoef je niets te doen. Zo niet, waarschuw dan een beheerder van {account}.",
	},
	KeyExpires: adviceWords{
		Title:  "Een API-sleutel verloopt binnenkort",
		Text:   "Een API-sleutel van {user} verloopt binnenkort. Wat hem gebruikt, werkt daarna niet meer.",
		Advice: "Vervang de sleutel in Gatehouse en geef de nieuwe aan de applicatie, of vraag dat aan een beheerder van {account}.",
	},
	KeyUsedFromNewAddress: adviceWords{
		Title:  "API-sleutel gebruikt vanaf een nieuw adres",
		Text:   "Een API-sleutel van {user} is gebruikt vanaf een adres waar hij nog niet eerder vandaan kwam.",
		Advice: "Ken je dit adres niet, trek de sleutel dan meteen in of vraag dat aan een beheerder van {account}. Een whitelist op de sleutel voorkomt het.",
	},
	Deactivated: noticeWords{
		Title: "Je gebruiker is gedeactiveerd",
		Text:  "{by} heeft je gebruiker gedeactiveerd. Inloggen kan niet meer, en sessies en API-sleutels zijn gestopt.",
	},
	Reactivated: noticeWords{
		Title: "Je gebruiker is weer actief",
		Text:  "{by} heeft je gebruiker weer geactiveerd. Inloggen kan weer, en API-sleutels werken weer.",
	},
	Unlocked: noticeWords{
		Title: "Je gebruiker is ontgrendeld",
		Text:  "{by} heeft je gebruiker ontgrendeld. Mislukte inlogpogingen worden opnieuw vanaf nul geteld.",
	},
	AccessChanged: changeWords{
		Title:   "Je toegang is gewijzigd",
		Text:    "Je hebt je eigen toegang gewijzigd.",
		ByAdmin: "{by} heeft je toegang gewijzigd. Wat je nu mag, zie je als je inlogt.",
	},
	KeyCreated: changeWords{
		Title:   "Nieuwe API-sleutel",
		Text:    "Je hebt een API-sleutel voor {user} gemaakt.",
		ByAdmin: "{by} heeft een API-sleutel voor {user} gemaakt.",
	},
	KeyRotated: changeWords{
		Title:   "API-sleutel vervangen",
		Text:    "Je hebt een API-sleutel van {user} vervangen door een nieuwe.",
		ByAdmin: "{by} heeft een API-sleutel van {user} vervangen door een nieuwe.",
	},
	KeyUpdated: changeWords{
		Title:   "API-sleutel gewijzigd",
		Text:    "Je hebt een API-sleutel van {user} gewijzigd.",
		ByAdmin: "{by} heeft een API-sleutel van {user} gewijzigd.",
	},
	Part: partWords{Roles: "rollen", AccessPoints: "toegangspunten", Whitelists: "whitelists", ForcedMFA: "verplichte tweede factor"},
}
