"""Ranges for the house and the person: washing, cleaning, care, pooja and household goods."""

from __future__ import annotations

from dms_desktop.sample.ranges import Category, Range

LAUNDRY = Category("Laundry", 12, 5, 24)
CLEANING = Category("Cleaners", 13, 5, 24)
REPELLENTS = Category("Repellents", 13, 5, 36)
SOAPS = Category("Soaps", 11, 5, 24)
HAIR = Category("Hair Care", 12, 5, 24)
ORAL = Category("Oral Care", 12, 5, 24)
BRUSHES = Category("Tooth Brushes", 16, 6, 0)
SKIN = Category("Skin Care", 13, 5, 30)
SHAVING = Category("Shaving and Deodorants", 13, 5, 36)
BABY = Category("Baby Care", 11, 5, 30)
BABY_FOOD = Category("Baby Food", 9, 4, 12)
POOJA = Category("Pooja", 20, 8, 0)
HOUSE = Category("Household", 18, 8, 0)
STATIONERY = Category("Stationery", 18, 8, 0)

WASH_BRANDS = "Svachhika|Dhulairo"
CARE_BRANDS = "Nikharya|Sugandhara"
BABY_BRANDS = "Shishukosh|Komalpari"
POOJA_BRANDS = "Aartiprabha|Dhupankur"

# fmt: off
RANGES = (
    Range(LAUNDRY, WASH_BRANDS, "Detergent Powder", "कपड़े का पाउडर", "34025000", 18, "PAC",
          "Regular|Lemon|Rose|Matic Top|Matic Front",
          "90g 10 24/144|500g 62 12/36|1kg 120 6/24|2kg 232 3/12|4kg 445 1/6"),
    Range(LAUNDRY, WASH_BRANDS, "Liquid Detergent", "लिक्विड डिटर्जेंट", "34025000", 18, "BTL",
          "Front Load|Top Load|Baby Wash", "500ml 115 6/24|1L 220 4/12|2L 399 2/6"),
    Range(LAUNDRY, WASH_BRANDS, "Laundry Soap", "कपड़े का साबुन", "34011942", 18, "PCS",
          "Blue|White|Lemon", "150g 10 12/96|250g 20 12/60|4x250g 78 3/15"),
    Range(CLEANING, WASH_BRANDS, "Dishwash Bar", "बर्तन बार", "34054000", 18, "PCS",
          "Lemon|Neem|Mint", "145g 10 12/96|300g 25 12/60|500g 52 6/36"),
    Range(CLEANING, WASH_BRANDS, "Dishwash Liquid", "बर्तन लिक्विड", "34025000", 18, "BTL",
          "Lemon|Mint|Orange", "155ml 20 12/72|250ml 60 12/48|500ml 118 6/24|900ml 205 4/12"),
    Range(CLEANING, WASH_BRANDS, "Toilet Cleaner", "टॉयलेट क्लीनर", "34025000", 18, "BTL",
          "Original|Citrus|Floral", "200ml 45 12/48|500ml 102 6/24|1L 195 4/12"),
    Range(CLEANING, WASH_BRANDS, "Floor Cleaner", "फर्श क्लीनर", "38089400", 18, "BTL",
          "Pine|Lavender|Citrus|Jasmine|Neem", "200ml 42 12/48|500ml 108 6/24|1L 205 4/12"),
    Range(CLEANING, WASH_BRANDS, "Phenyl", "फिनाइल", "38089400", 18, "BTL",
          "White|Black|Lemongrass", "500ml 60 12/24|1L 110 6/12|5L 430 1/4"),
    Range(CLEANING, "Svachhika", "Glass Cleaner", "ग्लास क्लीनर", "34025000", 18, "BTL",
          "Blue|Green", "250ml 55 12/48|500ml 105 6/24"),
    Range(CLEANING, "Svachhika", "Room Freshener", "रूम फ्रेशनर", "33074900", 18, "CAN",
          "Rose|Lavender|Jasmine|Citrus|Sandal", "50g block 52 12/96|240ml 165 6/24"),
    Range(REPELLENTS, "Machharoka", "Mosquito Coil", "मच्छर कॉइल", "38089191", 18, "BOX",
          "Regular|Low Smoke|Jumbo", "10 coils 36 12/60|20 coils 70 6/30"),
    Range(REPELLENTS, "Machharoka", "Liquid Refill", "मच्छर रिफिल", "38089191", 18, "BTL",
          "Regular|Herbal|Double Action", "45ml 88 12/96|2x45ml 165 6/48"),
    Range(REPELLENTS, "Machharoka", "Insect Spray", "कीड़ा स्प्रे", "38089199", 18, "CAN",
          "Crawling|Flying", "200ml 115 12/36|400ml 205 6/24|625ml 295 4/12"),
    Range(SOAPS, CARE_BRANDS, "Toilet Soap", "नहाने का साबुन", "34011190", 5, "PCS",
          "Sandal|Rose|Neem|Lime|Lavender|Turmeric|Aloe|Milk Cream",
          "45g 10 12/144|100g 38 12/96|125g 48 12/72|4x100g 142 3/24"),
    Range(SOAPS, "Nikharya", "Medicated Soap", "औषधीय साबुन", "34011110", 5, "PCS",
          "Neem|Tulsi", "75g 36 12/96|125g 56 12/72|3x125g 160 4/24"),
    Range(SOAPS, "Nikharya", "Hand Wash", "हैंड वॉश", "34013019", 18, "BTL",
          "Neem|Lemon|Rose", "185ml 89 12/36|750ml 119 6/24|1.5L 215 2/12"),
    Range(SKIN, "Nikharya", "Face Wash", "फेस वॉश", "34013019", 18, "TUB",
          "Neem|Aloe|Charcoal|Vitamin C", "50g 80 12/96|100g 155 12/72|150g 215 6/48"),
    Range(HAIR, "Keshvanti", "Shampoo", "शैम्पू", "33051090", 5, "BTL",
          "Shikakai|Anti Dandruff|Smooth|Hair Fall|Amla|Onion",
          "16x6ml 32 12/60|80ml 72 12/72|180ml 168 6/48|340ml 295 4/24|650ml 525 2/12"),
    Range(HAIR, "Keshvanti", "Hair Oil", "बालों का तेल", "33059011", 5, "BTL",
          "Amla|Almond|Jasmine|Brahmi|Onion|Bhringraj",
          "45ml 20 12/144|100ml 62 12/72|200ml 118 6/48|300ml 168 6/36|500ml 265 4/24"),
    Range(HAIR, "Keshvanti", "Coconut Oil", "नारियल तेल", "15131900", 5, "BTL", "Pure",
          "50ml 25 24/144|100ml 48 12/96|250ml 115 6/48|500ml 225 4/24|1L 430 2/12"),
    Range(HAIR, "Keshvanti", "Hair Colour", "हेयर कलर", "33059040", 18, "BOX",
          "Black|Brown|Natural Black|Burgundy", "15g 35 12/144|50ml 120 6/48"),
    Range(ORAL, "Dantrika", "Tooth Paste", "टूथपेस्ट", "33061020", 5, "TUB",
          "Red|White|Salt|Clove|Gel|Neem",
          "18g 10 12/144|50g 32 12/96|100g 62 12/72|200g 120 6/48|2x150g 180 3/24"),
    Range(ORAL, "Dantrika", "Tooth Powder", "दंत मंजन", "33061010", 5, "BTL", "Red|White",
          "50g 28 12/120|100g 52 12/72|200g 95 6/48"),
    Range(BRUSHES, "Dantrika", "Tooth Brush", "टूथब्रश", "96032100", 5, "PCS",
          "Soft|Medium|Hard|Kids|Charcoal",
          "Single 20 12/288|Pack of 2 38 12/144|Pack of 4 99 6/72"),
    Range(SKIN, CARE_BRANDS, "Talcum Powder", "टैल्कम पाउडर", "33049120", 5, "BTL",
          "Sandal|Rose|Lime Cool|Jasmine|Prickly Heat",
          "50g 45 12/96|100g 82 12/72|200g 150 6/48|400g 265 4/24"),
    Range(SKIN, "Nikharya", "Face Powder", "फेस पाउडर", "33049110", 5, "BOX",
          "Ivory|Natural|Pearl", "20g 60 12/144|40g 110 12/72"),
    Range(SKIN, CARE_BRANDS, "Face Cream", "फेस क्रीम", "33049910", 18, "TUB",
          "Glow|Aloe|Turmeric|Kesar|Winter", "9g 15 24/288|25g 68 12/144|50g 125 12/72"),
    Range(SKIN, CARE_BRANDS, "Body Lotion", "बॉडी लोशन", "33049930", 18, "BTL",
          "Aloe|Cocoa|Almond", "40ml 35 12/144|100ml 99 12/72|200ml 185 6/48|400ml 330 4/24"),
    Range(SKIN, "Sugandhara", "Lip Balm", "लिप बाम", "33041000", 18, "PCS",
          "Strawberry|Cherry|Natural", "4.5g 45 12/144|10g 99 12/144"),
    Range(SKIN, "Sugandhara", "Nail Polish", "नेल पॉलिश", "33049920", 18, "BTL",
          "Red|Pink|Maroon|Clear", "6ml 45 12/144|9ml 65 12/144"),
    Range(SHAVING, "Nikharya", "Shaving Cream", "शेविंग क्रीम", "33071010", 5, "TUB",
          "Regular|Cool|Sensitive", "30g 32 12/144|70g 72 12/72"),
    Range(SHAVING, "Nikharya", "After Shave", "आफ्टर शेव", "33071090", 5, "BTL",
          "Classic|Cool", "50ml 110 12/72|100ml 195 6/48"),
    Range(SHAVING, "Sugandhara", "Deodorant", "डिओडोरेंट", "33072000", 18, "CAN",
          "Musk|Ocean|Oud|Fresh", "50ml 80 12/72|150ml 205 6/48"),
    Range(BABY, BABY_BRANDS, "Baby Diapers", "बेबी डायपर", "96190030", 5, "PAC",
          "New Born|Small|Medium|Large|XL", "10 pcs 115 6/36|22 pcs 245 4/24|46 pcs 525 2/8"),
    Range(BABY, "Komalpari", "Adult Diapers", "वयस्क डायपर", "96190040", 5, "PAC",
          "Medium|Large", "10 pcs 390 2/12"),
    Range(BABY, BABY_BRANDS, "Baby Powder", "बेबी पाउडर", "33049120", 5, "BTL", "Classic",
          "100g 85 12/72|200g 155 6/48|400g 275 4/24"),
    Range(BABY, BABY_BRANDS, "Baby Soap", "बेबी साबुन", "34011190", 5, "PCS", "Milk|Almond",
          "75g 48 12/96|100g 62 12/72|3x75g 138 4/24"),
    Range(BABY, BABY_BRANDS, "Baby Shampoo", "बेबी शैम्पू", "33051090", 5, "BTL", "No Tears",
          "60ml 65 12/96|100ml 110 12/72|200ml 205 6/48"),
    Range(BABY_FOOD, "Shishukosh", "Baby Cereal", "शिशु आहार", "19011090", 5, "BOX",
          "Wheat|Rice|Ragi|Apple", "50g 35 12/96|300g 285 4/24"),
    Range(POOJA, POOJA_BRANDS, "Agarbatti", "अगरबत्ती", "33074100", 5, "PAC",
          "Mogra|Gulab|Chandan|Kewda|Champa|Loban|Nagchampa|Lavender",
          "15 sticks 10 12/288|60g 35 12/144|100g 58 12/96|250g 140 6/48"),
    Range(POOJA, POOJA_BRANDS, "Dhoop", "धूप", "33074100", 5, "BOX",
          "Chandan|Loban|Guggal|Gulab", "10 sticks 15 12/240|20 sticks 28 12/144|12 cups 65 12/96"),
    Range(POOJA, POOJA_BRANDS, "Safety Matches", "माचिस", "36050010", 5, "PAC", "Classic",
          "10 boxes 20 10/120|20 boxes 40 5/60"),
    Range(POOJA, POOJA_BRANDS, "Candles", "मोमबत्ती", "34060010", 5, "PAC",
          "White|Colour|Birthday", "6 pcs 30 12/120|12 pcs 58 12/60"),
    Range(HOUSE, "Gharkaam", "Steel Scrubber", "स्टील स्क्रबर", "73231000", 5, "PCS",
          "Regular|Heavy", "Single 15 12/288|Pack of 3 40 12/96"),
    Range(HOUSE, "Gharkaam", "Storage Jar", "डिब्बा", "39241090", 18, "PCS",
          "Blue|Red|Green|Clear", "500ml 75 12/72|1L 119 6/48|2L 189 6/24"),
    Range(HOUSE, "Gharkaam", "Glue", "गोंद", "35061000", 18, "BTL", "White|Craft",
          "25g 15 24/240|50g 28 12/144|100g 52 12/96|200g 95 6/48"),
    Range(HOUSE, "Gharkaam", "Razor", "रेज़र", "82121010", 18, "PCS", "Twin|Smooth",
          "Single 25 12/288|Pack of 5 110 6/72"),
    Range(HOUSE, "Tejkosh", "Battery", "बैटरी", "85061000", 18, "PAC", "AA|AAA|C|D|9V",
          "Pack of 1 18 10/400|Pack of 2 36 10/200|Pack of 10 170 2/40"),
    Range(HOUSE, "Tejkosh", "LED Bulb", "एलईडी बल्ब", "85395200", 18, "PCS",
          "Cool White|Warm White", "7W 85 10/100|9W 99 10/100|12W 149 10/50|15W 199 5/50"),
    Range(HOUSE, "Butchamak", "Shoe Polish", "बूट पॉलिश", "34051000", 18, "PCS",
          "Black|Brown|Neutral", "15g 38 12/144|40g 82 12/72|75ml liquid 115 12/72"),
    Range(STATIONERY, "Gharkaam", "Notebook", "कॉपी", "48202000", 0, "PCS",
          "Single Line|Double Line|Square|Plain", "100 pages 32 12/144|172 pages 55 12/96"),
)
# fmt: on
