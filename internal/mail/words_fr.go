package mail

// Before colon, semicolon and question mark stands a no-break space.
var french = words{
	Code: "fr",
	Months: [12]string{
		"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre",
	},
	DateTime: "{day} {month} {year} à {time} UTC",
	Operator: "L’exploitant de Gatehouse",

	Greeting:       "Bonjour {name},",
	NotYou:         "Ce n’était pas vous ? Définissez tout de suite un nouveau mot de passe et prévenez un administrateur de {account}.",
	NotExpected:    "Si vous ne vous y attendiez pas, demandez à un administrateur de {account}.",
	ButtonFails:    "Si le bouton ne réagit pas, copiez ce lien dans votre navigateur :",
	Footer:         "Vous recevez ce message car {user} est un utilisateur de Gatehouse. Les réponses ne sont pas lues.",
	FooterStranger: "Vous recevez ce message car quelqu’un a saisi cette adresse dans Gatehouse. Les réponses ne sont pas lues.",
	Fact:           "{label} : {value}",

	Label: labels{
		Account: "Compte", LoginName: "Identifiant", SignInPage: "Page de connexion", User: "Utilisateur",
		When: "Quand", Address: "Adresse IP", NewEmail: "Nouvelle adresse e-mail", Method: "Second facteur", CodesLeft: "Codes restants",
		Tries: "Échecs", Since: "Depuis",
		Key: "Clé API", Expires: "Expire", Changed: "Modifié",
	},
	Welcome: welcomeWords{
		Title:             "Votre utilisateur chez {account}",
		CreatedBy:         "{by} a créé un utilisateur pour vous chez {account}.",
		StepSetPassword:   "Définissez votre mot de passe avec le lien ci-dessous.",
		StepSignIn:        "Connectez-vous avec le compte, l’identifiant et ce mot de passe.",
		StepSignInGiven:   "Connectez-vous avec le compte, l’identifiant et votre mot de passe. La personne qui a créé votre utilisateur vous le remet : un mot de passe n’est jamais envoyé par e-mail.",
		StepMFA:           "Configurez un second facteur quand il vous est demandé. Ayez une application d’authentification prête sur votre téléphone.",
		OptionalMFA:       "Ajoutez un second facteur, par exemple une application d’authentification, une fois connecté.",
		ButtonSetPassword: "Définir le mot de passe",
		ButtonSignIn:      "Se connecter",
		LinkUntil:         "Le lien est valable une seule fois, jusqu’au {until}. Ensuite, demandez-en un nouveau à un administrateur.",
		APITitle:          "Un nouvel utilisateur API chez {account}",
		APICreatedBy:      "{by} a créé un utilisateur API pour une application chez {account} et a indiqué votre adresse.",
		APIUsesKeys:       "L’application se connecte avec des clés API, pas avec un mot de passe. Un administrateur crée les clés et les transmet.",
	},
	PasswordReset: linkWords{
		Title:     "Définir un nouveau mot de passe",
		Text:      "Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour {user}.",
		Button:    "Définir le mot de passe",
		LinkUntil: "Le lien est valable une seule fois, jusqu’au {until}.",
		NotYou:    "Si vous ne l’avez pas demandé, ne faites rien : votre mot de passe reste le même.",
	},
	EmailConfirm: linkWords{
		Title:     "Confirmer votre adresse e-mail",
		Text:      "Cette adresse va devenir l’adresse e-mail d’un utilisateur du compte {account} dans Gatehouse.",
		Button:    "Confirmer l’adresse",
		LinkUntil: "Le lien est valable une seule fois, jusqu’au {until}.",
		NotYou:    "Si vous ne l’avez pas demandé, ne faites rien : rien ne change.",
	}, EmailTaken: noticeWords{
		Title: "Votre adresse a été saisie pour un autre utilisateur",
		Text:  "Quelqu’un a demandé que cette adresse devienne l’adresse e-mail d’un utilisateur du compte {account} dans Gatehouse. Elle appartient déjà à un autre utilisateur de ce compte : rien ne change. Si vous y avez plusieurs utilisateurs, chacun doit avoir sa propre adresse.",
	},

	PasswordChanged: changeWords{
		Title:   "Votre mot de passe a été modifié",
		Text:    "Votre mot de passe a été modifié. Vos autres sessions sont terminées.",
		ByAdmin: "{by} a défini un nouveau mot de passe pour vous. Vos sessions sont terminées. Il vous sera remis en personne : un mot de passe n’est jamais envoyé par e-mail.",
	},
	LoginNameChanged: changeWords{
		Title:   "Votre identifiant a été modifié",
		Text:    "Vous avez modifié votre identifiant. L’ancien ne fonctionne plus.",
		ByAdmin: "{by} a modifié votre identifiant. L’ancien ne fonctionne plus.",
	},
	EmailChanged: changeWords{
		Title:   "Votre adresse e-mail a été modifiée",
		Text:    "Vous avez modifié votre adresse e-mail. Les messages vont désormais à la nouvelle adresse.",
		ByAdmin: "{by} a modifié votre adresse e-mail. Les messages vont désormais à la nouvelle adresse.",
	},
	MFAEnrolled: noticeWords{
		Title: "Second facteur ajouté",
		Text:  "Un second facteur a été ajouté à votre utilisateur. Vous pouvez désormais vous connecter avec.",
	},
	MFARemoved: noticeWords{
		Title: "Second facteur supprimé",
		Text:  "Un second facteur de votre utilisateur a été supprimé. Il n’est plus valable.",
	},
	MFAReset: adviceWords{
		Title:  "Vos seconds facteurs ont été réinitialisés",
		Text:   "{by} a supprimé tous vos seconds facteurs et codes de secours. Vos sessions sont terminées.",
		Advice: "Connectez-vous avec votre mot de passe et configurez un nouveau second facteur.",
	},
	RecoveryCodesRegenerated: noticeWords{
		Title: "Nouveaux codes de secours",
		Text:  "De nouveaux codes de secours ont été créés pour votre utilisateur. Les anciens ne sont plus valables.",
	},
	RecoveryCodeUsed: adviceWords{
		Title:  "Code de secours utilisé",
		Text:   "Quelqu’un, sans doute vous, a utilisé un de vos codes de secours. Ce code n’est plus valable.",
		Advice: "Créez de nouveaux codes avant de ne plus en avoir.",
	},
	SignInRefusedAddress: adviceWords{
		Title:  "Connexion refusée depuis une adresse inconnue",
		Text:   "Quelqu’un a saisi votre bon mot de passe ou présenté une de vos clés d’accès, mais depuis une adresse hors de vos listes blanches. La connexion a été refusée.",
		Advice: "Si c’était vous, connectez-vous depuis une adresse autorisée ou demandez à un administrateur d’ajouter celle-ci.",
	},
	PasskeyCopied: adviceWords{
		Title:  "Une clé d’accès a peut-être été copiée",
		Text:   "Une de vos clés d’accès a été présentée avec un compteur revenu en arrière : il en existe peut-être une copie. Elle a été refusée.",
		Advice: "Supprimez cette clé d’accès et configurez-la à nouveau. Si ce n’était pas vous, prévenez un administrateur de {account}.",
	},
	FailedSignIns: adviceWords{
		Title:  "Échecs de connexion",
		Text:   "Quelqu’un a essayé de se connecter à votre place avec un mot de passe ou un code erroné. La connexion a été refusée.",
		Advice: "Si c’était vous, il n’y a rien à faire. Sinon, prévenez un administrateur de {account}.",
	},
	KeyExpires: adviceWords{
		Title:  "Une clé API expire bientôt",
		Text:   "Une clé API de {user} expire bientôt. Ce qui l’utilise cessera alors de fonctionner.",
		Advice: "Remplacez la clé dans Gatehouse et donnez la nouvelle à l’application, ou demandez-le à un administrateur de {account}.",
	},
	KeyUsedFromNewAddress: adviceWords{
		Title:  "Clé API utilisée depuis une nouvelle adresse",
		Text:   "Une clé API de {user} a été utilisée depuis une adresse d’où elle n’était encore jamais venue.",
		Advice: "Si vous ne connaissez pas cette adresse, révoquez la clé sans attendre, ou demandez-le à un administrateur de {account}. Une liste blanche sur la clé l’empêche.",
	},
	Deactivated: noticeWords{
		Title: "Votre utilisateur a été désactivé",
		Text:  "{by} a désactivé votre utilisateur. Il ne peut plus se connecter ; ses sessions et clés API sont arrêtées.",
	},
	Reactivated: noticeWords{
		Title: "Votre utilisateur a été réactivé",
		Text:  "{by} a réactivé votre utilisateur. Il peut de nouveau se connecter et ses clés API fonctionnent de nouveau.",
	},
	Unlocked: noticeWords{
		Title: "Votre utilisateur a été déverrouillé",
		Text:  "{by} a déverrouillé votre utilisateur. Les échecs de connexion sont de nouveau comptés à partir de zéro.",
	},
	AccessChanged: changeWords{
		Title:   "Vos accès ont été modifiés",
		Text:    "Vous avez modifié vos propres accès.",
		ByAdmin: "{by} a modifié vos accès. Connectez-vous pour voir ce que vous pouvez faire désormais.",
	},
	KeyCreated: changeWords{
		Title:   "Nouvelle clé API",
		Text:    "Vous avez créé une clé API pour {user}.",
		ByAdmin: "{by} a créé une clé API pour {user}.",
	},
	KeyRotated: changeWords{
		Title:   "Clé API remplacée",
		Text:    "Vous avez remplacé une clé API de {user} par une nouvelle.",
		ByAdmin: "{by} a remplacé une clé API de {user} par une nouvelle.",
	},
	KeyUpdated: changeWords{
		Title:   "Clé API modifiée",
		Text:    "Vous avez modifié une clé API de {user}.",
		ByAdmin: "{by} a modifié une clé API de {user}.",
	},
	Part: partWords{Roles: "rôles", AccessPoints: "points d’accès", Whitelists: "listes blanches", ForcedMFA: "second facteur imposé"},
}
