namespace Autopilot.Core.Tests.Redaction;

/// <summary>Secrets of every kind, made up at run time so that no scanner takes this file for a leak, and texts that only look like them.</summary>
internal static class SecretTable
{
    private const string M = "[REDACTED]";
    private static readonly string Commit = Hex(40);

    /// <summary>Tokens that are masked wholly: each is tried alone, in a sentence, in JSON, after an escape and after a colour.</summary>
    private static readonly string[] Tokens =
    [
        "sk-ant-api03-" + Mix(80), "sk-proj-" + Mix(60), "sk-svcacct-" + Mix(60), "sk-admin-" + Mix(60), "sk-or-v1-" + Hex(64), "sk-" + Mix(48),
        "hf_" + Mix(34), "api_org_" + Mix(34), "pplx-" + Mix(48), "gsk_" + Mix(52), "xai-" + Mix(80), "r8_" + Mix(37),
        "ghp_" + Mix(36), "gho_" + Mix(36), "ghu_" + Mix(36), "ghs_" + Mix(36), "ghr_" + Mix(36), "github_pat_" + Mix(22) + "_" + Mix(59),
        "glpat-" + Mix(20), "gldt-" + Mix(20), "glft-" + Mix(20), "glffct-" + Mix(20), "glimt-" + Mix(25), "glrt-" + Mix(20), "glrtr-" + Mix(20),
        "glagent-" + Mix(50), "gloas-" + Mix(64), "glptt-" + Hex(40), "glsoat-" + Mix(20), "glcbt-1a_" + Mix(20), "GR1348941" + Mix(20),
        "_gitlab_session=" + Hex(32), "ATBB" + Mix(32), "ATATT3" + Mix(186), "sgp_" + Hex(40),
        "AKIA" + Upper(16), "ASIA" + Upper(16), "ABIA" + Upper(16), "ACCA" + Upper(16), "A3TX" + Upper(16), "ABSK" + Mix(120), "bedrock-api-key-" + Mix(40),
        "AIza" + Mix(35), "ya29." + Mix(60), "GOCSPX-" + Mix(28), "LTAI" + Mix(20), "dop_v1_" + Hex(64), "HRKU-AA" + Mix(58), "fm2_" + Mix(120), "fo1_" + Mix(43),
        "v1.0-" + Hex(24) + "-" + Hex(146), "dapi" + Hex(32), "pscale_tkn_" + Mix(43), "AQVN" + Mix(36), "sha256~" + Mix(43), "sbp_" + Hex(40), "sbp_v0_" + Hex(40), "sb_secret_" + Mix(31), "vercel_blob_rw_" + Mix(16) + "_" + Mix(30),
        "hvs." + Mix(95), "pul-" + Hex(40), "dp.pt." + Mix(43), "ico-" + Mix(32), "glc_" + Mix(60), "glsa_" + Mix(32) + "_" + Hex(8),
        "sntrys_" + Mix(80), "dt0c01." + Mix(24) + "." + Mix(64), "NRAK-" + Upper(27), "NRII-" + Mix(32), "AKCp" + Mix(69), "API-" + Upper(26),
        "pat." + Mix(22) + "." + Mix(24) + "." + Mix(20), "pnu_" + Mix(36), "ops_eyJ" + Mix(250), "A3-" + Upper(6) + "-" + Upper(11) + "-" + Upper(5) + "-" + Upper(5) + "-" + Upper(5),
        "AGE-SECRET-KEY-1" + Upper(58), "npm_" + Mix(36), "pypi-AgEIcHlwaS5vcmc" + Mix(100), "oy2" + Mix(43).ToLowerInvariant(), "rubygems_" + Hex(48),
        "CLOJARS_" + Hex(60), "dckr_pat_" + Mix(27), "sk_live_" + Mix(24), "sk_test_" + Mix(24), "rk_live_" + Mix(24), "rk_prod_" + Mix(24), "whsec_" + Mix(32),
        "sq0atp-" + Mix(22), "EAAA" + Mix(60), "shpat_" + Hex(32), "shpss_" + Hex(32), "FLWSECK_TEST-" + Hex(12), "access-sandbox-" + Uuid, "EZAK" + Mix(54),
        "duffel_live_" + Mix(43), "shippo_live_" + Hex(40), "xoxb-" + "123456789012-123456789012-" + Mix(24), "xoxe.xoxp-1-" + Mix(160), "xapp-1-A0123-456-" + Hex(64),
        "hooks.slack.com/services/T" + Upper(8) + "/B" + Upper(8) + "/" + Mix(24), "webhook.office.com/webhookb2/" + Uuid + "@" + Uuid + "/IncomingWebhook/" + Hex(32),
        "discord.com/api/webhooks/123456789012345678/" + Mix(68), "discordapp.com/api/webhooks/123456789012345678/" + Mix(68),
        "MTA" + Mix(21) + "." + Mix(6) + "." + Mix(27), "SK" + Hex(32), "SG." + Mix(22) + "." + Mix(43), "key-" + Hex(32), "xkeysib-" + Hex(64) + "-" + Mix(16), "EAAC" + Mix(120),
        "ntn_" + Mix(46), "lin_api_" + Mix(40), "pat" + Mix(14) + "." + Hex(64), "PMAK-" + Hex(24) + "-" + Hex(34), "figd_" + Mix(40), "fio-u-" + Mix(64),
        "rdme_" + Mix(70).ToLowerInvariant(), "tfp_" + Mix(59), "p8e-" + Mix(32), "eyJ" + Mix(20) + ".eyJ" + Mix(40) + "." + Mix(43),
        "eyJ" + Mix(20) + "." + Mix(40) + "." + Mix(20) + "." + Mix(43) + "." + Mix(22), "eyJrIjoi" + Mix(80),
    ];

    private static string Uuid => $"{Hex(8)}-{Hex(4)}-{Hex(4)}-{Hex(4)}-{Hex(12)}";

    public static IEnumerable<object[]> Masked()
    {
        foreach (var token in Tokens)
        {
            yield return [token, M];
            yield return [$"see {token}, there", $"see {M}, there"];
            yield return [$$"""{"a":["x\n{{token}}"]}""", $$"""{"a":["x\n{{M}}"]}"""];
            yield return [$"\e[32m{token}\e[0m", $"\e[32m{M}\e[0m"];
        }

        foreach (var row in Assignments)
            yield return [row.Text, row.Masked];
    }

    public static IEnumerable<object[]> Left() => Near.Concat(Tokens.Select(Broken)).Distinct(StringComparer.Ordinal).Select(text => new object[] { text });

    /// <summary>Texts in which a part is masked.</summary>
    private static readonly (string Text, string Masked)[] Assignments =
    [
        ("Authorization: Bearer xyz", $"Authorization: Bearer {M}"),
        ("authorization: token abc", $"authorization: token {M}"),
        ("curl -H 'Authorization: Basic dXNlcjpwYXNz' x", $"curl -H 'Authorization: Basic {M}' x"),
        ("""{"Authorization":"Bearer xyz"}""", $$"""{"Authorization":"{{M}}"}"""),
        ("sent bearer abc123def456", $"sent bearer {M}"),
        ("Basic dXNlcjpwYXNzd29yZDEyMw==", $"Basic {M}"),
        ("password=hunter2", $"password={M}"),
        ("password=correcthorse&x=1", $"password={M}&x=1"),
        ("PASSWORD='hunter 2'", $"PASSWORD='{M}'"),
        ("passwd: \"hunter2!\"", $"passwd: \"{M}\""),
        ("pwd = \"hunter2!\"", $"pwd = \"{M}\""),
        ("db.password = hunter2", $"db.password = {M}"),
        ("Password: hunter2", $"Password: {M}"),
        ("--password hunter2 -x", $"--password {M} -x"),
        ("mysql --password=hunter2", $"mysql --password={M}"),
        ("export DB_PASS=s3cr3tpw", $"export DB_PASS={M}"),
        ("passphrase=\"open the gate\"", $"passphrase=\"{M}\""),
        ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", $"aws_secret_access_key = {M}"),
        ("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", $"AWS_SECRET_ACCESS_KEY={M}"),
        ("api_key: a1b2c3d4e5f6g7h8", $"api_key: {M}"),
        ("X-Api-Key: a1b2c3d4e5f6g7h8", $"X-Api-Key: {M}"),
        ("clientSecret='abcdefgh'", $"clientSecret='{M}'"),
        ("?access_token=abc123def456&x=y", $"?access_token={M}&x=y"),
        ("//registry.example/:_authToken=abc123def456", $"//registry.example/:_authToken={M}"),
        ("""{"password":"x"}""", $$"""{"password":"{{M}}"}"""),
        ("""{"a":{"apiKey" : "k\"1"},"b":2}""", $$"""{"a":{"apiKey" : "{{M}}"},"b":2}"""),
        ("""{"token":12345,"n":1}""", $$"""{"token":"{{M}}","n":1}"""),
        ("""{"t":"{\"password\":\"a\\\"b\"}"}""", $$"""{"t":"{\"password\":\"{{M}}\"}"}"""),
        ("""{"t":"x\npassword=hunter2\ny"}""", $$"""{"t":"x\npassword={{M}}\ny"}"""),
        ("""{"t":"{\u0022password\u0022:\u0022ab\u0022}"}""", $$"""{"t":"{\u0022password\u0022:\u0022{{M}}\u0022}"}"""),
        ("{'secret': 'abc'}", $"{{'secret': '{M}'}}"),
        ("headers[\"Authorization\"] = \"Bearer abcdefgh\"", $"headers[\"Authorization\"] = \"{M}\""),
        ("Server=x;AccountKey=abc123DEF456==;Q=1", $"Server=x;AccountKey={M};Q=1"),
        ("Server=db;User Id=sa;Password=P@ssw0rd!;", $"Server=db;User Id=sa;Password={M};"),
        ("https://x.blob.example/?sv=1&sig=" + Mix(44), $"https://x.blob.example/?sv=1&{M}"),
        ("postgres://user:pa:ss@host/db", $"postgres://user:{M}@host/db"),
        ("postgresql://u:p@h", $"postgresql://u:{M}@h"),
        ("mysql://u:p@h", $"mysql://u:{M}@h"),
        ("mongodb+srv://u:p@h", $"mongodb+srv://u:{M}@h"),
        ("redis://:p@h:6379", $"redis://:{M}@h:6379"),
        ("redis://user:p@h:6379", $"redis://user:{M}@h:6379"),
        ("https://" + Mix(24) + "@git.example/x", $"https://{M}@git.example/x"),
        ("https://" + Mix(24) + ":x-oauth-basic@git.example/x", $"https://{M}@git.example/x"),
        ("curl -u admin:hunter2 https://h/x", $"curl -u admin:{M} https://h/x"),
        ("/usr/bin/curl -sSL -X POST -H 'Accept: x' --user 'admin:hunter 2' h", $"/usr/bin/curl -sSL -X POST -H 'Accept: x' --user 'admin:{M}' h"),
        ("curl --user=admin:hunter2 h", $"curl --user=admin:{M} h"),
        ("curl -fsu admin:hunter2 h", $"curl -fsu admin:{M} h"),
        ("curl -uadmin:hunter2 h && curl \\\n  -u \"a:pw1x\" h", $"curl -uadmin:{M} h && curl \\\n  -u \"a:{M}\" h"),
        ("""{"command":"curl -u \"admin:hunter2\" https://h"}""", $$"""{"command":"curl -u \"admin:{{M}}\" https://h"}"""),
        ("sshpass -p hunter2 ssh a@b", $"sshpass -p {M} ssh a@b"),
        ("sshpass -p'hunter 2' scp a b:", $"sshpass -p'{M}' scp a b:"),
        ("mysql -h db -uroot -phunter2 app", $"mysql -h db -uroot -p{M} app"),
        ("mysqldump -p\"hunter 2\" app > x", $"mysqldump -p\"{M}\" app > x"),
        ("mariadb -phunter2", $"mariadb -p{M}"),
        ("Cookie: theme=dark; sid=a1b2c3d4e5", $"Cookie: theme={M}"),
        ("curl -H 'Cookie: session=a1b2c3d4e5f6' h", $"curl -H 'Cookie: session={M}' h"),
        ("Set-Cookie: session=a1b2c3d4e5f6; Path=/; HttpOnly", $"Set-Cookie: session={M}; Path=/; HttpOnly"),
        ("""{"set-cookie":"JSESSIONID=0A1B2C3D4E5F; Path=/"}""", $$"""{"set-cookie":"JSESSIONID={{M}}; Path=/"}"""),
        ("machine h.example login ann password open-sesame", $"machine h.example login ann password {M}"),
        ("machine h.example\n  login ann\n  password open\n", $"machine h.example\n  login ann\n  password {M}\n"),
        ("""{"t":"machine h\n\tlogin ann\n\tpassword open\n"}""", $$"""{"t":"machine h\n\tlogin ann\n\tpassword {{M}}\n"}"""),
        ("HEROKU_ID=" + Uuid, $"HEROKU_ID={M}"),
        ("snyk: \"" + Uuid + "\"", $"snyk: \"{M}\""),
        ("hubspot=" + Uuid, $"hubspot={M}"),
        ("telegram_bot = 123456789:A" + Mix(34), $"telegram_bot = {M}"),
        ("mailchimp: " + Hex(32) + "-us12", $"mailchimp: {M}"),
        ("DATADOG_ID=" + Hex(32), $"DATADOG_ID={M}"),
        ("cloudflare=" + Mix(40), $"cloudflare={M}"),
        ("okta: 00" + Mix(40), $"okta: {M}"),
        ("dropbox=sl." + Mix(135), $"dropbox={M}"),
        ("algolia: '" + Hex(32) + "'", $"algolia: '{M}'"),
        ("twitter=" + new string('A', 22) + Mix(80), $"twitter={M}"),
        ("codecov: " + Hex(32), $"codecov: {M}"),
        ("terraform " + Mix(14) + ".atlasv1." + Mix(64), "terraform " + Mix(14) + M),
        (Pem("RSA PRIVATE KEY", "\n"), M),
        (Pem("PRIVATE KEY", "\n"), M),
        (Pem("OPENSSH PRIVATE KEY", "\r\n"), M),
        (Pem("ENCRYPTED PRIVATE KEY", "\\n"), M),
        (Pem("PRIVATE KEY", "\\\\n"), M),
        (Pem("EC PRIVATE KEY", " "), M),
        (Pem("PRIVATE KEY", "\n   12\t"), M),
        (Pem("PRIVATE KEY", "\\n    12→"), M),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n" + Mix(64) + "\n-----END PGP PRIVATE KEY BLOCK-----", M),
        ("-----BEGIN PRIVATE KEY-----\n" + Mix(64) + "\n" + Mix(64) + "\nthis is prose", M + "\nthis is prose"),
        ($$"""{"key":"{{Pem("PRIVATE KEY", "\\n")}}\n","x":1}""", $$"""{"key":"{{M}}\n","x":1}"""),
    ];

    private static readonly string[] Near =
    [
        "the bearer must", "bearer of bad news", "Bearer authentication", "basic understanding", "Basic internationalizationsupport",
        Commit, "commit " + Commit, "token: " + Commit, "HEAD is now at " + Commit[..7],
        """{"tokens_in":12,"tokens_out":3,"input_tokens":42,"max_tokens":4096,"total_tokens":9}""", """{"author":"Ann","authors":["Ann"],"authored":1}""",
        """{"apiKeySource":"none","token_type":"bearer","password_required":true}""", """{"password":null,"secret":true,"token":false}""", """{"token":""}""",
        """{"key":"value","keys":["a"],"monkey":1,"keyboard":"x"}""", """{"session_id":"0123-4567","uuid":"1234"}""",
        "password: string", "password = getPassword()", "password = self.password", "password=$PASSWORD", "password=${DB_PASSWORD}", "password=<password>", "password=********",
        "if password == other:", "Password: must be at least eight", "token = next_token(stream)", "token=config.token", "cancellation_token = source2token3", "token: CancellationToken",
        "secret: Option<String>", "secrets are kept in a vault", "auth = new Auth()", "PWD=/home/x/project1", "OLDPWD=/home/x", "\"pwd\": \"/home/x\"", "the API key, see below: a1b2c3d4e5f6",
        "task-list of a disk-drive", "https://example.com/a@b", "https://example.com:8080/x", "git@github.com:a/b.git", "https://user@host/x", "http://[::1]:80/", "user:pass@host", "postgres://user:$PASS@host",
        "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", "----------", "-----BEGIN",
        "eyJ", "eyJhbGciOi", "password", "password=", "\"password\":", "://", "AKIA", "sk-", "ghp_", "[REDACTED]", "heroku = none", "datadog: agent", "",
        "curl -u $USER:$TOKEN h", "curl -u user:password h", "curl -u ann h", "curl -sS http://h:8080/a; docker run -u 1000:1000 x", "use curl, or -u a:bcdef", "curl: (7) -u a:bcdef",
        """{"a":"curl https://h","b":"-u ann:1000"}""", "sshpass -e ssh a@b", "sshpass -f pw.txt ssh a@b", "sshpass -p \"$PW\" ssh", "mysql -p app", "mysql -P 3306 --protocol=tcp",
        "mysql -uroot -p\"$PW\" app", "mysql.connector -pure", "`mysql -p` and a `.netrc`", "[\"mysql -p\",   \"abcdef\"]", "'sshpass -p' or 'x'", "Cookie: a small file", "Cookie: lang=en", "cookie: consent=accepted-by-user", "Set-Cookie: a=b1; Path=/",
        "document.cookie = name + '=' + value1234", "cookies: 12345678", "cookie policy: 2024=yes", "machine h login ann",
        "the machine h password reset", "machine h login ann password $PW", "sbp_", "vercel_blob_rw_token", "sb_secret_key",
        "SSH_AUTH_SOCK=/tmp/agent.1", "token_path=/etc/a1b2c3", "secretName: my-secret-1", "Authorization: required",
    ];

    /// <summary>A near miss: the token cut right after its prefix.</summary>
    private static string Broken(string token) => token[..Math.Min(token.Length, 9)] + "!";

    private static string Pem(string label, string lineBreak) => string.Join(lineBreak, $"-----BEGIN {label}-----", Mix(64), Mix(64), Mix(30) + "==", $"-----END {label}-----");

    private static string Hex(int length) => Cycle("3f9c0ab71d2e8465", length);

    private static string Upper(int length) => Cycle("Q7ZK2MXA5RWT3DHP", length);

    private static string Mix(int length) => Cycle("aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW", length);

    private static string Cycle(string characters, int length) => string.Concat(Enumerable.Range(0, length).Select(i => characters[i % characters.Length]));
}
