"""Where the sample company's shops are, who calls on them, and what shops there are called."""

from __future__ import annotations

# Localities of Pune, in the order in which a salesman's four beats lie together.
LOCALITIES = (
    "Kothrud", "Karve Nagar", "Warje", "Sinhagad Road",
    "Dhankawadi", "Katraj", "Bibwewadi", "Market Yard",
    "Swargate", "Shaniwar Peth", "Camp", "Kondhwa",
    "Wanowrie", "Hadapsar", "Magarpatta", "Kharadi",
    "Viman Nagar", "Yerawada", "Vishrantwadi", "Aundh",
    "Baner", "Pashan", "Wakad",
)  # fmt: skip
CITY = "Pune"
OUTSTATION = "Outstation"
BEATS = (*LOCALITIES, OUTSTATION)

# Town and State code of the shops on the last beat.
TOWNS = (
    ("Satara", "27"), ("Lonavala", "27"), ("Shirwal", "27"), ("Baramati", "27"),
    ("Vapi", "24"), ("Surat", "24"), ("Belagavi", "29"), ("Nipani", "29"),
    ("Mapusa", "30"), ("Panaji", "30"),
)  # fmt: skip

SALESMEN = (
    "Ramesh Pawar", "Sunil Jadhav", "Imran Shaikh", "Prakash Gaikwad", "Nilesh Shinde",
    "Deepak Kamble",
)  # fmt: skip

KEEPERS = (
    "Shree Ganesh", "Sai", "Mahalaxmi", "Balaji", "Tuljabhavani", "Vitthal", "Dnyaneshwari",
    "Jai Malhar", "Om", "Siddhivinayak", "Ambika", "Renuka", "Datta", "Swami Samarth", "Gajanan",
    "New", "Laxmi", "Saraswati", "Parvati", "Hanuman", "Mauli", "Janata", "Bharat", "Apna",
    "Gurukrupa", "Vaishnavi", "Patil", "Kulkarni", "Jadhav", "Shinde", "More", "Gaikwad",
    "Deshmukh", "Pawar", "Bhosale", "Kadam", "Chavan", "Agarwal", "Jain", "Oswal", "Gandhi",
    "Shah", "Patel", "Chaudhary", "Rathod", "Khan", "Shaikh", "D'Souza", "Nair", "Reddy",
)  # fmt: skip

# What the shop is, and how many in a hundred are such a shop; the first are the biggest.
TRADES = (
    ("Super Market", 6), ("Departmental Store", 4), ("Super Shoppee", 8), ("Mart", 6),
    ("Traders", 6), ("Provision Stores", 14), ("Kirana and General Stores", 16),
    ("Kirana Stores", 18), ("General Stores", 10), ("Medical and General", 4),
    ("Dairy and Sweets", 3), ("Bakery", 2), ("Pan and General", 3),
)  # fmt: skip
