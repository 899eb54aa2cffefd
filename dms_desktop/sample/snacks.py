"""Ranges for the biscuit, snack, sweet and dairy shelves."""

from __future__ import annotations

from dms_desktop.sample.ranges import Category, Range

BISCUITS = Category("Biscuits", 12, 6, 6)
BAKERY = Category("Rusks and Cakes", 13, 6, 3)
CEREALS = Category("Breakfast Cereals", 14, 7, 9)
NAMKEEN = Category("Namkeen", 14, 6, 4)
CHIPS = Category("Chips", 13, 6, 4)
PAPAD = Category("Papad and Khakhra", 14, 6, 6)
NUTS = Category("Nuts", 12, 5, 9)
SWEETS = Category("Confectionery", 15, 6, 12)
CHOCOLATE = Category("Chocolates", 12, 5, 9)
MILK = Category("Milk Products", 8, 4, 6)
CHILLED = Category("Chilled Dairy", 8, 4, 4)

BISCUIT_BRANDS = "Golmithi|Krisporo"
SNACK_BRANDS = "Chatkila|Farsanwadi"
DAIRY_BRANDS = "Doodhkuti|Gokulika"

# fmt: off
RANGES = (
    Range(BISCUITS, BISCUIT_BRANDS, "Glucose Biscuits", "ग्लूकोज़ बिस्कुट", "19053100", 5, "PAC",
          "Original|Milk|Elaichi",
          "45g 5 24/144|90g 10 12/96|200g 25 6/48|400g 50 4/24|800g 95 2/12"),
    Range(BISCUITS, BISCUIT_BRANDS, "Marie Biscuits", "मारी बिस्कुट", "19053100", 5, "PAC",
          "Original|Oats|Vita", "80g 10 12/96|150g 20 12/60|300g 40 6/30"),
    Range(BISCUITS, BISCUIT_BRANDS, "Cream Biscuits", "क्रीम बिस्कुट", "19053100", 5, "PAC",
          "Orange|Chocolate|Elaichi|Pineapple|Strawberry|Vanilla",
          "50g 5 24/144|100g 10 12/120|160g 30 12/48"),
    Range(BISCUITS, BISCUIT_BRANDS, "Cookies", "कुकीज़", "19053100", 5, "PAC",
          "Butter|Cashew|Jeera|Choco Chip|Pista|Coconut",
          "60g 10 12/96|150g 30 6/48|300g 60 6/24"),
    Range(BISCUITS, BISCUIT_BRANDS, "Salted Crackers", "नमकीन बिस्कुट", "19059020", 5, "PAC",
          "Classic|Jeera|Masala|Onion", "45g 5 24/144|90g 10 12/96|240g 35 6/36"),
    Range(BISCUITS, BISCUIT_BRANDS, "Digestive Biscuits", "डाइजेस्टिव बिस्कुट", "19053100", 5,
          "PAC", "Original|Oats|Ragi|No Added Sugar",
          "75g 20 12/60|150g 40 6/48|250g 65 6/24"),
    Range(BISCUITS, BISCUIT_BRANDS, "Choco Wafers", "चोको वेफर", "19053211", 5, "PAC",
          "Chocolate|Hazelnut|Strawberry|Orange", "25g 10 24/144|75g 30 12/48|150g 60 6/24"),
    Range(BAKERY, BISCUIT_BRANDS, "Rusk", "टोस्ट", "19054000", 5, "PAC",
          "Milk|Elaichi|Suji|Multigrain", "65g 10 12/60|200g 35 6/30|400g 65 4/16"),
    Range(BAKERY, BISCUIT_BRANDS, "Bar Cake", "केक", "19059010", 5, "PAC",
          "Fruit|Chocolate|Vanilla|Butterscotch|Orange",
          "30g 10 12/96|65g 20 12/60|130g 40 6/36"),
    Range(CEREALS, "Krisporo", "Corn Flakes", "कॉर्न फ्लेक्स", "19041010", 5, "BOX",
          "Original|Honey|Almond", "100g 45 6/36|250g 99 4/24|475g 185 2/16|875g 330 1/8"),
    Range(CEREALS, "Krisporo", "Muesli", "म्यूसली", "19042000", 5, "BOX",
          "Fruit and Nut|Millet|No Added Sugar", "200g 150 4/24|400g 290 2/16|700g 460 1/8"),
    Range(CEREALS, "Krisporo", "Rolled Oats", "ओट्स", "11041200", 5, "PAC",
          "Plain|Quick", "200g 45 6/36|400g 85 4/24|1kg 199 2/12"),
    Range(NAMKEEN, SNACK_BRANDS, "Namkeen", "नमकीन", "21069099", 5, "PAC",
          "Aloo Bhujia|Bikaneri Bhujia|Sev|Ratlami Sev|Moong Dal|Chana Dal|Khatta Meetha"
          "|Navratan Mix|Bombay Mix|Bhadang|Chivda|Lasun Sev",
          "35g 10 12/120|150g 45 6/60|350g 90 6/30|1kg 240 1/10"),
    Range(CHIPS, SNACK_BRANDS, "Potato Chips", "आलू चिप्स", "20052000", 5, "PAC",
          "Salted|Masala|Tomato|Cream and Onion|Chilli Lemon|Pudina",
          "20g 5 12/144|45g 10 12/96|90g 20 12/48|150g 40 6/24"),
    Range(CHIPS, SNACK_BRANDS, "Corn Rings", "कॉर्न रिंग", "19059030", 5, "PAC",
          "Masala|Tomato|Cheese|Tangy", "18g 5 12/144|40g 10 12/96|85g 20 12/48"),
    Range(CHIPS, "Farsanwadi", "Popcorn", "पॉपकॉर्न", "19041090", 5, "PAC",
          "Butter|Cheese|Masala", "30g 10 12/96|60g 35 12/48|150g 80 6/24"),
    Range(PAPAD, "Farsanwadi", "Khakhra", "खाखरा", "19059090", 0, "PAC",
          "Jeera|Methi|Masala|Plain|Pav Bhaji", "180g 70 6/36|400g 140 4/16"),
    Range(PAPAD, SNACK_BRANDS, "Papad", "पापड़", "19059040", 0, "PAC",
          "Udad|Moong|Lasun|Mirchi", "100g 38 12/60|200g 70 10/40|400g 130 4/20"),
    Range(NUTS, SNACK_BRANDS, "Peanuts", "मूंगफली", "20081100", 5, "PAC",
          "Salted|Masala|Hing Jeera", "30g 10 12/120|140g 45 6/48|400g 110 4/24"),
    Range(NUTS, "Chatkila", "Roasted Cashew", "काजू", "20081910", 5, "PAC",
          "Salted|Pepper|Masala", "30g 50 12/60|100g 165 6/36|200g 310 4/24"),
    Range(SWEETS, "Farsanwadi", "Chikki", "चिक्की", "17049090", 5, "PAC",
          "Peanut|Til|Rajgira|Dry Fruit", "25g 10 24/144|100g 45 12/60|200g 85 6/36"),
    Range(CHOCOLATE, "Choconida", "Milk Chocolate", "मिल्क चॉकलेट", "18063200", 5, "PCS",
          "Classic|Fruit and Nut|Crackle|Roast Almond|Dark",
          "12g 10 40/480|24g 20 30/360|50g 50 20/160|110g 115 10/80"),
    Range(CHOCOLATE, "Choconida", "Filled Bar", "भरी चॉकलेट", "18063100", 5, "PCS",
          "Caramel|Wafer|Hazelnut", "13g 10 40/480|27g 20 30/240|50g 45 20/120"),
    Range(CHOCOLATE, "Choconida", "Cocoa Powder", "कोको पाउडर", "18050000", 5, "BOX",
          "Natural|Dark", "50g 85 12/72|150g 230 6/36|225g 330 4/24"),
    Range(CHOCOLATE, "Choconida", "Choco Spread", "चोको स्प्रेड", "18069030", 5, "BTL",
          "Hazelnut|Classic", "150g 140 6/24|290g 260 4/16|750g 540 1/8"),
    Range(SWEETS, "Tofikins", "Toffee", "टॉफी", "17049030", 5, "BTL",
          "Caramel|Coconut|Coffee|Milk|Butterscotch",
          "Pouch of 50 50 12/48|Pouch of 100 100 6/36|Jar of 200 200 2/12|Jar of 300 300 1/8"),
    Range(SWEETS, "Tofikins", "Candy", "कैंडी", "17049020", 5, "BTL",
          "Kaccha Aam|Orange|Imli|Mixed Fruit|Cola|Nimbu|Guava",
          "Pouch of 50 50 12/48|Pouch of 100 100 6/36|Jar of 200 200 2/12|Jar of 400 400 1/8"),
    Range(SWEETS, "Tofikins", "Jelly Cubes", "जेली", "17049010", 5, "PAC",
          "Mango|Strawberry|Mixed Fruit", "36g 10 24/144|100g 30 12/60|400g 99 4/24"),
    Range(SWEETS, "Tofikins", "Bubble Gum", "बबल गम", "17041000", 5, "BTL",
          "Fruit|Mint|Watermelon", "Pouch of 60 60 12/48|Jar of 150 150 2/16|Jar of 300 300 1/8"),
    Range(SWEETS, "Tofikins", "Lollipop", "लॉलीपॉप", "17049090", 5, "BTL",
          "Strawberry|Mango|Cola|Watermelon", "Pouch of 25 125 6/24|Jar of 50 250 2/12"),
    Range(SWEETS, "Tofikins", "Mouth Freshener", "मुखवास", "17049090", 5, "BTL",
          "Saunf|Elaichi|Mint", "70g 35 12/72|150g 70 6/48|250g 110 4/24"),
    Range(MILK, DAIRY_BRANDS, "UHT Milk", "दूध", "04012000", 0, "PAC",
          "Toned|Cow|Double Toned|Full Cream", "200ml 18 12/48|500ml 38 6/24|1L 76 4/12"),
    Range(MILK, DAIRY_BRANDS, "Ghee", "घी", "04059020", 5, "BTL",
          "Cow|Buffalo|Danedar", "100ml 78 12/60|200ml 150 6/48|500ml 345 4/24|1L 670 2/12"),
    Range(MILK, DAIRY_BRANDS, "Flavoured Milk", "फ्लेवर्ड मिल्क", "22029930", 5, "BTL",
          "Elaichi|Kesar|Badam|Chocolate|Rose|Strawberry", "180ml 30 6/24|200ml 35 6/30"),
    Range(MILK, DAIRY_BRANDS, "Milk Powder", "दूध पाउडर", "04021010", 5, "PAC",
          "Skimmed|Instant", "50g 25 12/96|200g 95 6/48|500g 220 4/24|1kg 430 2/12"),
    Range(MILK, DAIRY_BRANDS, "Condensed Milk", "कंडेंस्ड मिल्क", "04029920", 5, "CAN",
          "Plain|Elaichi", "200g 70 6/48|400g 132 6/24"),
    Range(CHILLED, DAIRY_BRANDS, "Butter", "मक्खन", "04051000", 5, "PAC",
          "Salted|White|Garlic", "100g 60 10/60|200g 118 6/36|500g 285 4/20"),
    Range(CHILLED, DAIRY_BRANDS, "Cheese", "चीज़", "04063000", 5, "PAC",
          "Slices|Cubes|Block|Spread", "100g 78 10/60|200g 148 6/36|400g 275 4/20"),
    Range(CHILLED, DAIRY_BRANDS, "Paneer", "पनीर", "04061090", 0, "PAC",
          "Fresh|Low Fat|Malai", "200g 92 10/40|500g 218 5/20|1kg 420 2/10"),
)
# fmt: on
