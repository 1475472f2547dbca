"""Which names tell which fact: names as they are written in documents, without their separators."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine.data.naming import inverted, spelled

PERSONAL = spelled(
    "user customer person people author owner member employee contact guest patient student "
    "teacher player actor creator assignee sender recipient client participant attendee driver "
    "candidate applicant agent reviewer manager passenger tenant subscriber visitor doctor "
    "staff profile contributor collaborator cardholder payer payee buyer seller beneficiary "
    "editor friend follower traveler traveller doer"
)
"""Things that are people."""

_COMPANIES = (
    "company organization organisation org vendor supplier merchant brand publisher business "
    "employer manufacturer carrier bank account partner agency airline restaurant shop store "
    "provider institution hotel school hospital clinic dealer sponsor producer"
)
NAMES_BY_THING: Mapping[str, str] = inverted({
    "full_name": " ".join(sorted(PERSONAL)),
    "company": _COMPANIES,
    "product": "product item article good variant merchandise sku",
    "city": "city town municipality",
    "country": "country nation",
    "region": "state region province county",
    "file_name": "file document attachment asset upload blob media",
    "event": "event meeting conference",
    "course": "course lesson class training",
    "book": "book novel song album track movie film episode",
    "category": "category genre section topic collection",
    "tag": "tag label keyword",
    "repository": "repo repository package library module",
    "branch": "branch ref",
    "machine": "server machine host node instance vm droplet device container pod",
    "team": "team group squad",
    "project": "project workspace campaign board",
    "playlist": "playlist mix",
    "plan": "plan subscription tier",
    "role": "role permission scope",
    "environment": "environment stage",
    "department": "department division",
    "industry": "industry sector",
    "pet": "pet animal",
    "breed": "breed",
    "colour_name": "colour color",
    "domain": "domain zone",
    "language": "language",
    "currency": "currency",
    "street": "street road",
})  # fmt: skip
"""What the name of a thing tells, by the word for the thing."""

BY_NAME: Mapping[str, str] = inverted({
    "first_name": "firstname givenname forename fname given",
    "middle_name": "middlename",
    "last_name": "lastname surname familyname lname family",
    "full_name": "fullname displayname realname contactname customername authorname ownername "
    "accountholder cardholdername holdername recipientname sendername billingname "
    "author owner assignee creator createdby updatedby modifiedby manager attendee guest actor "
    "assignedto requestedby approvedby reportedby uploadedby cardholder contactperson",
    "sort_name": "sortname",
    "initials": "initials",
    "username": "username login handle nickname nick screenname twitter github",
    "email": "email mail emailaddress mailaddress contactemail replyto fromemail toemail",
    "phone": "phone phonenumber telephone mobile mobilephone cell cellphone fax tel mobilenumber "
    "faxnumber msisdn telephonenumber homephone workphone phone1 phone2",
    "phone_extension": "extensionnumber",
    "gender": "gender sex",
    "name_prefix": "salutation honorific prefixname nameprefix",
    "company": "company companyname organization organisation organizationname business "
    "businessname "
    "employer merchantname vendor vendorname supplier suppliername manufacturer "
    "publisher brandname "
    "legalname merchant bankname tradingname accountname brand",
    "domain": "domain domainname fqdn",
    "host": "host hostname server servername endpointhost",
    "website": "website homepage websiteurl homepageurl siteurl companyurl site blog",
    "job": "job jobtitle occupation profession position designation",
    "department": "department division",
    "industry": "industry sector",
    "bio": "bio biography aboutme",
    "street": "street streetaddress address1 addressline1 line1 street1 streetname addressline ",
    "street2": "street2 address2 addressline2 line2 apartment suite unitnumber",
    "house_number": "housenumber streetnumber buildingnumber",
    "address": "address fulladdress formattedaddress location billingaddress shippingaddress "
    "homeaddress mailingaddress deliveryaddress",
    "city": "city town locality cityname municipality suburb",
    "region": "province region county stateprovince administrativearea regionname district "
    "provincename statename",
    "region_code": "statecode provincecode regioncode stateabbr",
    "postcode": "zip zipcode postcode postalcode postal",
    "country": "country countryname nationality nation",
    "country_code": "countrycode countryiso countryiso2 isocountry iso2 iso31661 countrycode2 "
    "countryalpha2 alpha2",
    "country_code3": "countrycode3 countryiso3 iso3 alpha3 countryalpha3",
    "currency": "currency currencycode currencyiso isocurrency basecurrency",
    "language": "language lang languagecode isolanguage preferredlanguage",
    "locale": "locale culture preferredlocale",
    "timezone": "timezone tz timezoneid tzname timezonename iana",
    "product": "product productname itemname articlename",
    "book": "booktitle bookname songtitle movietitle album song",
    "event": "eventname",
    "course": "coursename course",
    "project": "projectname project campaign campaignname workspace workspacename",
    "team": "teamname team groupname",
    "category": "category categoryname genre topic subcategory",
    "tag": "tag label keyword labels tags keywords hashtagname",
    "sentence": "summary subtitle tagline caption headline excerpt abstract purpose "
    "reason alt alttext "
    "shortdescription hint tooltip instruction instructions subject statusmessage statusreason",
    "sentences": "description desc details longdescription about content text body note notes "
    "remarks overview html markdown story plot definition synopsis",
    "comment": "comment comments review feedback testimonial reply answer",
    "message": "message msg info notification",
    "problem": "error errormessage errordescription errors failurereason failuremessage detail "
    "errormsg warning",
    "role": "role rolename permission jobrole userrole accesslevel",
    "state": "status state currentstatus currentstate workflowstate lifecyclestate",
    "kind": "type kind subtype variety mode classification style",
    "environment": "environment env stage",
    "level": "level priority severity urgency importance difficulty",
    "plan": "plan planname tier subscriptionplan package",
    "pet": "petname",
    "species": "species animal",
    "breed": "breed",
    "make": "make vehiclemake carmake",
    "unit": "unit units uom unitofmeasure measurementunit",
    "method": "method httpmethod verb requestmethod",
    "file_name": "file filename originalfilename originalname filenames attachment",
    "file_path": "path filepath fullpath",
    "extension": "fileextension extension filetype",
    "mime": "mime mimetype contenttype mediatype",
    "machine": "machinename nodename instancename devicename",
    "repository": "repo repository reponame repositoryname packagename",
    "branch": "branch branchname ref defaultbranch gitref targetbranch sourcebranch",
    "colour_name": "color colour colorname colourname",
    "colour_hex": "hex hexcolor colorhex backgroundcolor bgcolor textcolor primarycolor colorcode "
    "fillcolor bordercolor fontcolor accentcolor",
    "card_brand": "cardbrand cardtype",
    "card_number": "cardnumber creditcardnumber creditcard pan",
    "card_last4": "last4 lastfour lastdigits",
    "agent": "useragent agentstring browseragent",
    "slug": "slug handlename permalink urlkey seoname alias",
    "symbol": "symbol ticker tickersymbol",
    "uuid": "uuid guid",
    "ulid": "ulid",
    "prefixed_id": "id",
    "token": "token accesstoken refreshtoken apikey secret clientsecret sessionid "
    "sessiontoken apitoken "
    "privatekey authtoken bearertoken secretkey signature nonce salt devicetoken",
    "short_token": "key shortcode invitecode couponcode promocode accesskey",
    "cursor": "cursor nextcursor pagetoken nextpagetoken continuationtoken nexttoken prevcursor "
    "previouscursor",
    "jwt": "jwt idtoken",
    "sha1": "sha commit commitsha commithash headsha sha1 revision commitid",
    "sha256": "sha256 hash digest checksum fingerprint contenthash",
    "md5": "md5 md5hash",
    "password": "password passwd pwd passphrase",
    "ipv4": "ip ipaddress ipv4 ipaddr publicip privateip clientip remoteip lastip "
    "sourceip gateway "
    "remoteaddress",
    "ipv6": "ipv6 ipv6address",
    "cidr": "cidr iprange subnet cidrblock network",
    "mac": "mac macaddress",
    "version": "version semver appversion versionnumber schemaversion apiversion currentversion "
    "release",
    "url": "url uri link href permalinkurl weburl htmlurl endpoint callbackurl "
    "redirecturl selflink "
    "self next prev previous first last canonicalurl redirecturi webhookurl",
    "image": "image imageurl picture pictureurl photo photourl thumbnail thumbnailurl thumb cover "
    "coverurl coverimage banner bannerurl logo logourl icon iconurl poster img src",
    "avatar": "avatar avatarurl profileimage profilepicture profilephoto profileimageurl gravatar",
    "sku": "sku partnumber itemnumber articlenumber productcode modelnumber itemcode",
    "reference_number": "number reference referencenumber invoicenumber ordernumber "
    "invoiceno orderno "
    "trackingnumber confirmationnumber bookingreference receiptnumber casenumber ticketnumber "
    "documentnumber serialnumber serial externalreference accountnumber",
    "iban": "iban",
    "bic": "bic swift swiftcode bicswift",
    "isbn": "isbn isbn13",
    "ean": "ean gtin upc barcode ean13",
    "tax_number": "vat vatnumber taxid taxnumber vatid tin ein",
    "etag": "etag",
    "cron": "cron cronexpression crontab",
    "code": "code abbreviation shortname acronym",
})  # fmt: skip
"""What a property tells, by its whole name."""

BY_LAST: Mapping[str, str] = {
    word: BY_NAME[word]
    for word in spelled(
        "email mail phone street city country province currency language locale timezone url uri "
        "link href image photo avatar logo icon thumbnail description summary comment "
        "message notes "
        "note reason status state role type kind category tag slug sku token secret key hash sha "
        "checksum version color colour ip hostname domain path filename username "
        "password uuid guid "
        "company gender number code mode level priority unit method error zip postcode host text "
        "subject environment endpoint content body cursor reference label address isbn iban brand "
        "plan website branch caption instructions details region"
    )
}
"""What the last word of a name tells where the whole name is not known."""

HINTS: Mapping[str, str] = {
    "name.fullname": "full_name", "person.fullname": "full_name", "name.findname": "full_name",
    "name.jobtitle": "job", "person.jobtitle": "job", "company.companyname": "company",
    "address.streetaddress": "street", "location.streetaddress": "street",
    "address.zipcode": "postcode", "location.zipcode": "postcode", "address.state": "region",
    "location.state": "region", "internet.url": "website", "internet.domainname": "domain",
    "internet.ip": "ipv4", "internet.color": "colour_hex", "internet.avatar": "avatar",
    "image.avatar": "avatar", "image.url": "image", "image.imageurl": "image",
    "commerce.productname": "product", "commerce.product": "product",
    "commerce.color": "colour_name",
    "commerce.department": "category", "lorem.sentence": "sentence", "lorem.paragraph": "sentences",
    "lorem.text": "sentences", "lorem.word": "word", "lorem.words": "phrase", "lorem.slug": "slug",
    "random.uuid": "uuid", "datatype.uuid": "uuid", "string.uuid": "uuid",
    "company.name": "company",
    "random.word": "word", "random.words": "phrase", "system.filename": "file_name",
    "system.semver": "version", "phone.phonenumber": "phone", "phone.number": "phone",
    "map_key": "map_key", "map_value": "map_value", "name": "full_name",
    "text": "sentences", "catch_phrase": "sentence", "uuid4": "uuid",
    "finance.currencycode": "currency", "finance.iban": "iban", "internet.useragent": "agent",
}  # fmt: skip
"""What an `x-faker` hint asks for, by the names that generators in JavaScript and Python have."""

SINGULAR = spelled(
    "first_name last_name full_name username email phone uuid ulid website domain street "
    "address city postcode company avatar image product iban slug sort_name initials latitude "
    "longitude region country country_code currency"
)

# Facts that are read as prose or as a name of no particular kind: what a document says is better.
VAGUE = spelled("phrase sentence sentences comment message problem kind state code level role")

SELDOM = spelled(
    "deleted archived disabled blocked banned suspended locked hidden error failed expired "
    "test deprecated cancelled canceled muted spam refunded more truncated incomplete fork "
    "ignored"
)
OFTEN = spelled("active enabled verified valid available visible success ok approved confirmed")

LOOSE = spelled(
    "phrase word noun category tag sentence sentences comment message problem role state "
    "kind level "
    "unit method token short_token cursor sha1 sha256 md5 image sku reference_number "
    "ipv4 mac version "
    "number_text code book event project team"
)
"""Facts that two members of one thing may tell differently."""
MAIN_NAMES = spelled("name title displayname label fullname")
"""Names of the member that says what the thing is called."""
