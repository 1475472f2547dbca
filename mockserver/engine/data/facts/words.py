"""The words that texts are made of: titles, things, sentences, labels."""

from __future__ import annotations

ADJECTIVES = (
    "Amber", "Bright", "Calm", "Clear", "Coastal", "Copper", "Crimson", "Early", "Evergreen",
    "Golden", "Grand", "Green", "Hidden", "Ivory", "Lively", "Modern", "Northern", "Open", "Quiet",
    "Rapid", "Royal", "Rustic", "Silver", "Simple", "Smart", "Solid", "Southern", "Swift", "Urban",
    "Velvet", "Vivid", "Western",
)  # fmt: skip
NOUNS = (
    "Anchor", "Atlas", "Beacon", "Bridge", "Canyon", "Cedar", "Compass", "Delta", "Falcon",
    "Garden", "Harbor", "Horizon", "Island", "Juniper", "Lagoon", "Lantern", "Maple", "Meadow",
    "Meridian", "Mosaic", "Orchard", "Pioneer", "Prairie", "Quarry", "Ridge", "River", "Sierra",
    "Summit", "Timber", "Valley", "Voyage", "Willow",
)  # fmt: skip
MATERIALS = ("Oak", "Linen", "Steel", "Ceramic", "Leather", "Cotton", "Bamboo", "Glass", "Wool")
PRODUCTS = (
    "Desk Lamp", "Backpack", "Water Bottle", "Office Chair", "Coffee Mug", "Notebook", "Headphones",
    "Keyboard", "Throw Blanket", "Cutting Board", "Tea Kettle", "Wall Clock", "Bookshelf",
    "Running Shoes", "Sunglasses", "Travel Pillow", "Phone Stand", "Picture Frame", "Toolbox",
)  # fmt: skip
CATEGORIES = (
    "Accessories", "Books", "Electronics", "Furniture", "Garden", "Health", "Home", "Kitchen",
    "Music", "Office", "Outdoors", "Sports", "Toys", "Travel",
)  # fmt: skip
TAGS = (
    "featured", "new", "popular", "seasonal", "priority", "internal", "archived", "beta", "sale",
    "review", "draft", "urgent", "reporting", "onboarding", "billing", "mobile", "follow-up",
)  # fmt: skip
SENTENCES = (
    "Updated after the last review.",
    "Agreed with the team on Monday.",
    "Works as described in the guide.",
    "Please check the details before the end of the week.",
    "Replaces the earlier version.",
    "Delivered in good condition.",
    "Made for everyday use.",
    "Available while stocks last.",
    "Covers everything from first contact to delivery.",
    "A short overview with the most important points.",
    "Prepared for the spring season.",
    "Ready to be shared with everyone involved.",
    "Handled within one business day.",
    "Requested by the customer over the phone.",
    "Includes setup and a short introduction.",
    "Nothing else to be done at the moment.",
    "Tested on the most common devices.",
    "A favorite among returning guests.",
    "Confirmed by mail, no further questions.",
    "Simple, light and easy to carry.",
)
COMMENTS = (
    "Great service, would book again.",
    "Arrived on time and well packed.",
    "Exactly what I was looking for.",
    "Good value, but the manual could be better.",
    "Friendly staff and a quick answer.",
    "Thanks, that solved it for us.",
    "Could you take another look at this?",
    "Looks good to me.",
    "A bit smaller than expected, still happy with it.",
)
MESSAGES = (
    "The request was completed.", "Your changes have been saved.", "The report is ready.",
    "A new version is available.", "The job finished without errors.", "Welcome aboard!",
)  # fmt: skip
PROBLEMS = (
    "The request could not be completed.", "The resource was not found.",
    "A required field is missing.", "You do not have access to this resource.",
)  # fmt: skip
JOBS = (
    "Account Manager", "Accountant", "Architect", "Business Analyst", "Carpenter", "Chef",
    "Civil Engineer", "Copywriter", "Customer Success Manager", "Data Analyst", "Designer",
    "Electrician", "Event Planner", "HR Specialist", "Journalist", "Lawyer", "Librarian", "Nurse",
    "Office Manager", "Pharmacist", "Photographer", "Product Manager", "Sales Manager",
    "Software Engineer", "Teacher", "Translator", "Veterinarian",
)  # fmt: skip
DEPARTMENTS = (
    "Customer Service", "Design", "Engineering", "Finance", "Human Resources", "Legal", "Logistics",
    "Marketing", "Operations", "Product", "Research", "Sales", "Support",
)  # fmt: skip
ROLES = ("admin", "editor", "viewer", "owner", "member", "manager", "guest")
STATES = ("active", "active", "active", "pending", "completed", "inactive")
KINDS = ("standard", "basic", "premium", "default", "custom", "internal", "external")
ENVIRONMENTS = ("production", "staging", "development")
LEVELS = ("low", "medium", "high")
PLANS = ("Free", "Starter", "Team", "Business", "Enterprise")
EVENTS = (
    "Spring Open House", "Product Launch", "Quarterly Planning", "Design Workshop", "Summer Fair",
    "Charity Run", "Team Offsite", "Customer Webinar", "Food Market", "Evening Lecture",
)  # fmt: skip
COURSES = (
    "Introduction to Statistics", "Modern History", "Creative Writing", "Web Development Basics",
    "Project Management", "Spanish for Beginners", "Digital Photography", "Public Speaking",
)  # fmt: skip
PETS = ("Bella", "Max", "Luna", "Charlie", "Daisy", "Milo", "Rocky", "Coco", "Oscar", "Ruby")
SPECIES = ("cat", "dog", "rabbit", "hamster", "parrot", "turtle", "horse", "goldfish")
BREEDS = ("Labrador", "Beagle", "Poodle", "Siamese", "Maine Coon", "Boxer", "Border Collie")
MAKES = ("Toyota", "Volvo", "Ford", "Honda", "Renault", "Skoda", "Mazda", "Fiat")
COLOURS = (
    ("red", "#d64545"), ("orange", "#e8883a"), ("yellow", "#e6c229"), ("green", "#3f9c5f"),
    ("teal", "#2a9d8f"), ("blue", "#2f6fb5"), ("navy", "#1f3a5f"), ("purple", "#7b4fa6"),
    ("pink", "#d9779f"), ("brown", "#8a5a3c"), ("gray", "#7d8590"), ("black", "#1c1c1c"),
)  # fmt: skip
FILES = (
    ("report", "pdf", "application/pdf"), ("invoice", "pdf", "application/pdf"),
    ("photo", "jpg", "image/jpeg"), ("logo", "png", "image/png"), ("notes", "txt", "text/plain"),
    ("contacts", "csv", "text/csv"), ("slides", "pdf", "application/pdf"),
    ("export", "json", "application/json"), ("banner", "png", "image/png"),
)  # fmt: skip
UNITS = ("kg", "m", "pcs", "l", "h", "box")
METHODS = ("GET", "POST", "PUT", "DELETE")
GENDERS = ("female", "male", "nonbinary")
AGENTS = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Safari/605.1.15",
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36",
)
CARDS = (("visa", "4242424242424242"), ("mastercard", "5555555555554444"))
INDUSTRIES = (
    "Construction", "Consulting", "Education", "Energy", "Finance", "Health Care", "Hospitality",
    "Logistics", "Manufacturing", "Media", "Retail", "Software",
)  # fmt: skip
FACTS_OF_A_MAP = (
    ("environment", "production"), ("source", "web"), ("team", "platform"), ("channel", "partner"),
    ("region", "north"), ("campaign", "spring"), ("tier", "standard"), ("origin", "import"),
)  # fmt: skip
